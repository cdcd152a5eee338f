with

component_counts as (
    select * from {{ ref('int_health_component_counts') }}
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

-- A component that is not known has no score, and is in no third.
ranked_counts as (
    select
        *,
        case
            when 3 * component_score < 100 then 'low'
            when 3 * component_score < 200 then 'middle'
            else 'high'
        end as third,
        case when component_score is not null then n end as known_n,
        case when component_score is not null then churned end as known_churned,
        2 * sum(n - churned) over (
            partition by component_id order by component_score nulls last
            rows between unbounded preceding and current row
        ) - (n - churned) as twice_stayed_below
    from component_counts
),

components as (
    select
        component_id,
        cast(coalesce(sum(known_n), 0) as bigint) as n,
        cast(coalesce(sum(known_churned), 0) as bigint) as churned,
        sum(n) as observations,
        sum(known_churned * twice_stayed_below) as twice_pairs_lost,
        coalesce(sum(case when third = 'low' then known_n end), 0) as n_low,
        sum(case when third = 'low' then known_churned end) as churned_low,
        coalesce(sum(case when third = 'middle' then known_n end), 0) as n_middle,
        sum(case when third = 'middle' then known_churned end) as churned_middle,
        coalesce(sum(case when third = 'high' then known_n end), 0) as n_high,
        sum(case when third = 'high' then known_churned end) as churned_high
    from ranked_counts
    group by component_id
),

judged_components as (
    select
        components.*,
        case
            when components.n >= minimums.minimum_observations and components.churned >= minimums.minimum_churned
                then {{ ratio(
                    '2 * churned * (n - churned) - twice_pairs_lost', '2 * churned * (n - churned)'
                ) }}
        end as auc
    from components
    cross join minimums
),

health_component_backtest as (
    select
        ---------- ids
        component_id,
        ---------- numbers
        cast(n as integer) as n,
        cast(churned as integer) as churned,
        {{ ratio('n', 'observations') }} as known_share,
        cast(auc as {{ double_type() }}) as auc,
        cast(
            case when auc is not null then rank() over (order by auc desc nulls last) end as integer
        ) as auc_rank,
        cast(n_low as integer) as n_low,
        cast(n_middle as integer) as n_middle,
        cast(n_high as integer) as n_high,
        {{ ratio('churned_low', 'n_low') }} as churn_rate_low,
        {{ ratio('churned_middle', 'n_middle') }} as churn_rate_middle,
        {{ ratio('churned_high', 'n_high') }} as churn_rate_high,
        ---------- booleans
        cast(auc > 0.5 as boolean) as is_in_claimed_direction,
        cast(auc is null as boolean) as is_withheld
    from judged_components
)

select * from health_component_backtest
