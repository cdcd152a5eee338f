with

figures as (
    select * from {{ ref('int_health_figures') }}
),

auc_spreads as (
    select * from {{ ref('int_health_auc_spreads') }}
),

parameters as (
    select * from {{ ref('health_backtest_parameters') }}
),

minimums as (
    select
        max(case when parameter = 'minimum_observations' then parameter_value end) as minimum_observations,
        max(case when parameter = 'minimum_churned' then parameter_value end) as minimum_churned
    from parameters
),

judged_figures as (
    select
        figures.*,
        auc_spreads.auc_deviation,
        figures.churned < minimums.minimum_churned
        or (
            figures.n < minimums.minimum_observations
            and figures.metric not in ('surprise_churn_rate', 'median_lead_days')
        ) as is_too_few
    from figures
    cross join minimums
    left join auc_spreads
        on
            figures.score_version = auc_spreads.score_version
            and figures.baseline = auc_spreads.baseline
            and figures.date_set = auc_spreads.date_set
            and figures.metric = 'auc'
            and figures.segment = '(all)'
            and figures.population = 'no_notice'
            and figures.horizon_days = 90
),

bounded_figures as (
    select
        *,
        case
            when auc_deviation is not null then greatest(value - 1.959963984540054 * auc_deviation, 0)
            when metric in ('base_rate', 'surprise_churn_rate') then {{ wilson_bound('numerator', 'denominator') }}
        end as lower_limit,
        case
            when auc_deviation is not null then least(value + 1.959963984540054 * auc_deviation, 1)
            when metric in ('base_rate', 'surprise_churn_rate')
                then {{ wilson_bound('numerator', 'denominator', 'upper') }}
        end as upper_limit
    from judged_figures
),

health_backtest as (
    select
        ---------- strings
        score_version,
        metric,
        segment,
        date_set,
        population,
        baseline,
        ---------- numbers
        horizon_days,
        cast(case when not is_too_few then value end as {{ double_type() }}) as value,
        cast(case when not is_too_few then lower_limit end as {{ double_type() }}) as lower_bound,
        cast(case when not is_too_few then upper_limit end as {{ double_type() }}) as upper_bound,
        numerator,
        denominator,
        n,
        churned,
        ---------- booleans
        cast(is_too_few or value is null as boolean) as is_withheld
    from bounded_figures
)

select * from health_backtest
