with

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

account_milestones as (
    select * from {{ ref('int_account_milestones') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

started_accounts as (
    select
        lifetimes.account_id,
        lifetimes.first_active_date,
        account_milestones.time_to_first_value_days,
        account_milestones.account_id is not null as is_milestone_tracked,
        coalesce(account_milestones.has_first_value_milestone, false) as has_first_value_milestone,
        account_milestones.first_value_date is not null as is_first_value_reached,
        least(lifetimes.last_active_until, as_of.as_of_date) as watched_until,
        {{ days_between('lifetimes.first_active_date', 'account_milestones.onboarded_date') }} as onboarding_days
    from lifetimes
    cross join as_of
    left join account_milestones
        on lifetimes.account_id = account_milestones.account_id
    where lifetimes.is_current
),

-- Whoever left before first value was waited for until it left.
onboarding_starts as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        time_to_first_value_days,
        coalesce(
            time_to_first_value_days, {{ days_between('first_active_date', 'watched_until') }}
        ) as waiting_days,
        ---------- booleans
        is_milestone_tracked,
        has_first_value_milestone,
        is_first_value_reached,
        coalesce(onboarding_days <= 90, false) as is_onboarded_90d,
        ---------- dates
        {{ month_start('first_active_date') }} as month
    from started_accounts
)

select * from onboarding_starts
