with

milestones as (
    select * from {{ ref('fct_onboarding_milestone') }}
),

milestone_counts as (
    select
        account_id,
        max(started_date) as started_date,
        count(*) as milestones_total,
        count(completed_date) as milestones_completed,
        count(case when is_overdue then 1 end) as milestones_overdue,
        max(completed_date) as last_completed_date,
        count(case when milestone = 'first_value' then 1 end) as first_value_milestones,
        count(case when milestone = 'go_live' then 1 end) as go_live_milestones,
        max(case when milestone = 'first_value' then completed_date end) as first_value_completed_date,
        max(case when milestone = 'go_live' then completed_date end) as go_live_completed_date
    from milestones
    group by account_id
),

-- Going live stands in for first value only where nobody tracks first value itself.
first_values as (
    select
        *,
        first_value_milestones + go_live_milestones > 0 as has_first_value_milestone,
        case
            when first_value_milestones > 0 then first_value_completed_date
            else go_live_completed_date
        end as first_value_date,
        case when milestones_completed = milestones_total then last_completed_date end as onboarded_date
    from milestone_counts
),

account_milestones as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(milestones_total as integer) as milestones_total,
        cast(milestones_completed as integer) as milestones_completed,
        cast(milestones_overdue as integer) as milestones_overdue,
        case
            when first_value_date < started_date then 0
            else {{ days_between('started_date', 'first_value_date') }}
        end as time_to_first_value_days,
        ---------- booleans
        has_first_value_milestone,
        ---------- dates
        started_date,
        first_value_date,
        onboarded_date
    from first_values
)

select * from account_milestones
