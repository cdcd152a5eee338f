with

milestones as (
    select * from {{ ref('int_milestones_current') }}
),

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

dated_milestones as (
    select
        milestones.account_id,
        milestones.milestone,
        lifetimes.first_active_date as started_date,
        as_of.as_of_date,
        {{ reporting_date('milestones.due_at') }} as due_date,
        {{ reporting_date('milestones.completed_at') }} as completed_date
    from milestones
    cross join as_of
    left join lifetimes
        on
            milestones.account_id = lifetimes.account_id
            and lifetimes.is_current
    where not milestones.is_account_internal
),

-- On its due date a milestone still has the day.
judged_milestones as (
    select
        *,
        completed_date is not null as is_completed,
        coalesce(completed_date is null and due_date < as_of_date, false) as is_overdue
    from dated_milestones
),

onboarding_milestones as (
    select
        ---------- ids
        account_id,
        ---------- strings
        milestone,
        ---------- numbers
        {{ days_between('started_date', 'completed_date') }} as days_to_complete,
        {{ days_between('due_date', 'completed_date') }} as days_late,
        case when is_overdue then {{ days_between('due_date', 'as_of_date') }} end as days_overdue,
        ---------- booleans
        is_completed,
        is_overdue,
        ---------- dates
        started_date,
        due_date,
        completed_date
    from judged_milestones
)

select * from onboarding_milestones
