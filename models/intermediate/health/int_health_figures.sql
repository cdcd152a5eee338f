with

discrimination as (
    select * from {{ ref('int_health_discrimination') }}
),

brier_sums as (
    select * from {{ ref('int_health_brier_sums') }}
),

surprises as (
    select * from {{ ref('int_health_surprises') }}
),

lead_times as (
    select * from {{ ref('int_health_lead_times') }}
),

-- Over the pairs of one that churned and one that stayed: Gini and KS lie from -1 and from 0 to 1.
pair_figures as (
    select
        discrimination.score_version,
        metrics.metric,
        discrimination.segment,
        discrimination.date_set,
        discrimination.population,
        discrimination.baseline,
        discrimination.horizon_days,
        discrimination.n,
        discrimination.churned,
        case metrics.metric
            when 'auc' then discrimination.twice_pairs_won * cast(0.5 as decimal(2, 1))
            when 'gini' then discrimination.twice_pairs_won - discrimination.pairs
            when 'ks' then discrimination.largest_distance
            else discrimination.churned
        end as numerator,
        case when metrics.metric = 'base_rate' then discrimination.n else discrimination.pairs end as denominator
    from discrimination
    inner join (values ('auc'), ('gini'), ('ks'), ('base_rate')) as metrics (metric)
        on metrics.metric <> 'base_rate' or discrimination.baseline = 'none'
),

figures as (
    select
        *,
        {{ ratio('numerator', 'denominator') }} as value
    from pair_figures

    union all

    select
        score_version,
        'surprise_churn_rate' as metric,
        segment,
        date_set,
        population,
        'none' as baseline,
        horizon_days,
        churned as n,
        churned,
        surprises as numerator,
        churned as denominator,
        {{ ratio('surprises', 'churned') }} as value
    from surprises

    union all

    select
        score_version,
        'brier' as metric,
        segment,
        'out_of_time' as date_set,
        population,
        'none' as baseline,
        horizon_days,
        n,
        churned,
        cast(null as decimal(18, 1)) as numerator,
        cast(null as decimal(18, 1)) as denominator,
        {{ ratio('squared_error', 'n') }} as value
    from brier_sums

    union all

    select
        score_version,
        'median_lead_days' as metric,
        segment,
        date_set,
        population,
        'none' as baseline,
        90 as horizon_days,
        warned as n,
        churned,
        cast(null as decimal(18, 1)) as numerator,
        cast(null as decimal(18, 1)) as denominator,
        median_lead_days as value
    from lead_times
),

health_figures as (
    select
        ---------- strings
        score_version,
        cast(metric as {{ text_type() }}) as metric,
        segment,
        date_set,
        population,
        baseline,
        ---------- numbers
        cast(horizon_days as integer) as horizon_days,
        {{ money('numerator') }} as numerator,
        {{ money('denominator') }} as denominator,
        cast(value as {{ double_type() }}) as value,
        cast(n as integer) as n,
        cast(churned as integer) as churned
    from figures
)

select * from health_figures
