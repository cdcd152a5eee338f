with

value_counts as (
    select * from {{ ref('int_health_value_counts') }}
),

versions as (
    select * from {{ ref('int_health_versions') }}
),

score_counts as (
    select
        value_counts.score_version,
        value_counts.scored_value,
        sum(value_counts.n_all_90) as n_here,
        sum(value_counts.churned_all_90) as churned_here
    from value_counts
    inner join versions
        on
            value_counts.score_version = versions.score_version
            and versions.is_current_version
    where
        value_counts.baseline = 'none'
        and value_counts.population = 'no_notice'
        and value_counts.n_all_90 > 0
    group by value_counts.score_version, value_counts.scored_value
),

ranked_scores as (
    select
        *,
        2 * sum(n_here) over (
            partition by score_version order by scored_value
            rows between unbounded preceding and current row
        ) - n_here + 1 as twice_midrank,
        sum(n_here) over (partition by score_version) as n_total,
        sum(churned_here) over (partition by score_version) as churned_total
    from score_counts
),

-- Equal scores stand together, whole or not at all in a tenth.
placed_scores as (
    select
        *,
        cast({{ whole_quotient('5 * twice_midrank + n_total - 1', 'n_total') }} as integer) as decile
    from ranked_scores
),

deciles as (
    select
        score_version,
        decile,
        sum(n_here) as n,
        sum(churned_here) as churned,
        max(n_total) as n_total,
        max(churned_total) as churned_total,
        min(scored_value) as lowest_score,
        max(scored_value) as highest_score
    from placed_scores
    group by score_version, decile
),

health_backtest_decile as (
    select
        ---------- strings
        score_version,
        ---------- numbers
        decile,
        cast(n as integer) as n,
        cast(churned as integer) as churned,
        {{ ratio('churned', 'n') }} as churn_rate,
        {{ ratio('churned_total', 'n_total') }} as base_rate,
        {{ ratio('churned * n_total', 'n * churned_total') }} as lift,
        {{ wilson_bound('churned', 'n') }} as lower_bound,
        {{ wilson_bound('churned', 'n', 'upper') }} as upper_bound,
        cast(lowest_score as {{ double_type() }}) as lowest_score,
        cast(highest_score as {{ double_type() }}) as highest_score
    from deciles
)

select * from health_backtest_decile
