with

score_cells as (
    select * from {{ ref('int_health_score_cells') }}
),

probabilities as (
    select * from {{ ref('int_health_probabilities') }}
),

parameters as (
    select * from {{ ref('health_backtest_parameters') }}
),

minimums as (
    select max(case when parameter = 'minimum_observations' then parameter_value end) as minimum_observations
    from parameters
),

cells_by_date_set as (
    select
        score_cells.score_version,
        score_cells.band,
        date_sets.date_set,
        score_cells.horizon_days,
        case when date_sets.date_set = 'all' then score_cells.n_all else score_cells.n_late end as n,
        case when date_sets.date_set = 'all' then score_cells.churned_all else score_cells.churned_late end as churned,
        case when date_sets.date_set = 'out_of_time' then score_cells.n_late * probabilities.probability end
            as expected_churned
    from score_cells
    cross join (values ('all'), ('out_of_time')) as date_sets (date_set)
    left join probabilities
        on
            score_cells.score_version = probabilities.score_version
            and score_cells.population = probabilities.population
            and score_cells.horizon_days = probabilities.horizon_days
            and score_cells.score_point = probabilities.score_point
    where score_cells.population = 'no_notice'
),

bands as (
    select
        score_version,
        band,
        date_set,
        horizon_days,
        sum(n) as n,
        sum(churned) as churned,
        sum(expected_churned) as expected_churned
    from cells_by_date_set
    where n > 0
    group by score_version, band, date_set, horizon_days
),

judged_bands as (
    select
        bands.*,
        bands.n < minimums.minimum_observations as is_withheld,
        case when bands.n >= minimums.minimum_observations then bands.churned end as shown_churned,
        case when bands.n >= minimums.minimum_observations then bands.expected_churned end as shown_expected
    from bands
    cross join minimums
),

health_calibration as (
    select
        ---------- strings
        score_version,
        date_set,
        band,
        ---------- numbers
        horizon_days,
        cast(n as integer) as n,
        cast(churned as integer) as churned,
        {{ ratio('shown_churned', 'n') }} as churn_rate,
        {{ wilson_bound('shown_churned', 'n') }} as lower_bound,
        {{ wilson_bound('shown_churned', 'n', 'upper') }} as upper_bound,
        {{ ratio('shown_expected', 'n') }} as mean_probability,
        ---------- booleans
        cast(is_withheld as boolean) as is_withheld
    from judged_bands
)

select * from health_calibration
