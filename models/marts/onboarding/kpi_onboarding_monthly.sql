with

onboarding_totals as (
    select * from {{ ref('int_onboarding_totals') }}
),

onboarding_monthly as (
    select
        ---------- numbers
        accounts_started,
        accounts_with_milestones,
        accounts_onboarded_90d,
        onboarding_completion_rate,
        first_value_tracked,
        first_value_reached,
        time_to_first_value_days_median,
        time_to_first_value_days_km_median,
        ---------- booleans
        is_complete,
        is_mature,
        ---------- dates
        month
    from onboarding_totals
    where dimension = 'all'
)

select * from onboarding_monthly
