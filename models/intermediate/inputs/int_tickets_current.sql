with

checked_tickets as (
    select * from {{ ref('int_tickets_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

known_tickets as (
    select
        checked_tickets.*,
        users.user_id as known_requester_id,
        accounts.is_internal as is_account_internal,
        as_of.as_of_end_at,
        coalesce(
            checked_tickets.csat_at, checked_tickets.solved_at, checked_tickets.closed_at, checked_tickets.created_at
        ) as scored_at,
        {{ known_at('coalesce(checked_tickets.solved_at, checked_tickets.closed_at)') }} as known_solved_at,
        {{ known_at('checked_tickets.first_response_at') }} as known_first_response_at
    from checked_tickets
    cross join as_of
    inner join accounts
        on checked_tickets.account_id = accounts.account_id
    left join users
        on checked_tickets.requester_user_id = users.user_id
    where checked_tickets.row_end = 'staged'
),

current_tickets as (
    select
        ---------- ids
        ticket_id,
        account_id,
        known_requester_id as requester_user_id,
        merged_into_ticket_id,
        ---------- strings
        priority,
        status,
        category,
        channel,
        ---------- numbers
        cast(coalesce(reopened_count, 0) as bigint) as reopened_count,
        cast(case when scored_at < as_of_end_at then csat_score end as bigint) as csat_score,
        ---------- booleans
        is_escalated,
        is_spam,
        is_account_internal,
        cast(not is_known_version as boolean) as is_backfilled,
        ---------- timestamps
        created_at,
        known_first_response_at as first_response_at,
        known_solved_at as solved_at,
        cast(case when scored_at < as_of_end_at then csat_at end as timestamp) as csat_at
    from known_tickets
)

select * from current_tickets
