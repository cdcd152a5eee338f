with

checked_milestones as (
    select * from {{ ref('int_milestones_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_milestones as (
    select
        ---------- ids
        checked_milestones.account_id,
        ---------- strings
        checked_milestones.milestone,
        ---------- booleans
        accounts.is_internal as is_account_internal,
        ---------- timestamps
        checked_milestones.due_at,
        cast({{ known_at('checked_milestones.completed_at') }} as timestamp) as completed_at
    from checked_milestones
    cross join as_of
    inner join accounts
        on checked_milestones.account_id = accounts.account_id
    where checked_milestones.row_end = 'staged'
)

select * from current_milestones
