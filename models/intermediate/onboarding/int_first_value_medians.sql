with

starts as (
    select * from {{ ref('int_onboarding_starts') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

waiting_counts as (
    select
        starts.month,
        dimensions.dimension,
        dimensions.dimension_value,
        starts.waiting_days,
        count(case when starts.is_first_value_reached then 1 end) as reached,
        count(*) as seen_accounts
    from starts
    inner join dimensions
        on starts.account_id = dimensions.account_id
    where starts.has_first_value_milestone
    group by
        starts.month,
        dimensions.dimension,
        dimensions.dimension_value,
        starts.waiting_days
),

risk_sets as (
    select
        *,
        sum(seen_accounts) over (
            partition by month, dimension, dimension_value
            order by waiting_days desc
            rows between unbounded preceding and current row
        ) as at_risk
    from waiting_counts
),

survival_steps as (
    select
        *,
        reached = at_risk as is_over,
        sum(ln({{ ratio('nullif(at_risk - reached, 0)', 'at_risk') }})) over (
            partition by month, dimension, dimension_value
            order by waiting_days
            rows between unbounded preceding and current row
        ) as log_survival
    from risk_sets
),

-- A share of exactly one half is a sum of logarithms, which may miss it in the last digits.
half_reached as (
    select
        month,
        dimension,
        dimension_value,
        min(waiting_days) as first_days
    from survival_steps
    where
        is_over
        or exp(log_survival) <= 0.500000001
    group by month, dimension, dimension_value
),

first_value_medians as (
    select
        ---------- strings
        dimension,
        dimension_value,
        ---------- numbers
        cast(first_days as integer) as time_to_first_value_days_km_median,
        ---------- dates
        month
    from half_reached
)

select * from first_value_medians
