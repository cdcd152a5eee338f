with

tickets as (
    select * from {{ ref('int_tickets_current') }}
),

timed_tickets as (
    select
        *,
        {{ hours_between('created_at', 'first_response_at') }} as first_response_hours,
        {{ hours_between('created_at', 'solved_at') }} as resolution_hours
    from tickets
),

ticket_facts as (
    select
        ---------- ids
        ticket_id,
        account_id,
        requester_user_id,
        merged_into_ticket_id,
        ---------- strings
        priority,
        category,
        channel,
        ---------- numbers
        first_response_hours,
        resolution_hours,
        reopened_count,
        csat_score,
        ---------- booleans
        solved_at is null as is_open,
        is_escalated,
        reopened_count > 0 as is_reopened,
        merged_into_ticket_id is null and not is_spam and not is_account_internal as is_counted,
        ---------- dates
        {{ reporting_date('created_at') }} as created_date,
        {{ reporting_date('solved_at') }} as solved_date,
        {{ reporting_date('coalesce(csat_at, solved_at, created_at)') }} as csat_date,
        ---------- timestamps
        created_at,
        first_response_at,
        solved_at
    from timed_tickets
)

select * from ticket_facts
