with

score_cells as (
    select * from {{ ref('int_health_score_cells') }}
),

probabilities as (
    select * from {{ ref('int_health_probabilities') }}
),

cell_errors as (
    select
        score_cells.score_version,
        score_cells.population,
        score_cells.segment,
        score_cells.horizon_days,
        score_cells.n_late,
        score_cells.churned_late,
        score_cells.churned_late * (1 - probabilities.probability) * (1 - probabilities.probability)
        + (score_cells.n_late - score_cells.churned_late) * probabilities.probability * probabilities.probability
            as squared_error
    from score_cells
    left join probabilities
        on
            score_cells.score_version = probabilities.score_version
            and score_cells.population = probabilities.population
            and score_cells.horizon_days = probabilities.horizon_days
            and score_cells.score_point = probabilities.score_point
    where score_cells.n_late > 0
),

errors_with_all_segments as (
    select * from cell_errors

    union all

    select
        score_version,
        population,
        '(all)' as segment,
        horizon_days,
        n_late,
        churned_late,
        squared_error
    from cell_errors
),

brier_sums as (
    select
        ---------- strings
        score_version,
        population,
        segment,
        ---------- numbers
        horizon_days,
        cast(sum(n_late) as integer) as n,
        cast(sum(churned_late) as integer) as churned,
        cast(sum(cast(squared_error as decimal(38, 20))) as {{ double_type() }}) as squared_error
    from errors_with_all_segments
    group by score_version, population, segment, horizon_days
)

select * from brier_sums
