with

tickets as (
    select * from {{ ref('stg_raw__tickets') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        tickets.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(tickets.updated_at < as_of.as_of_end_at, true) as is_known_version,
        coalesce(tickets.created_at >= as_of.as_of_end_at, false) as is_future_event
    from tickets
    cross join as_of
    left join known_accounts
        on tickets.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('tickets') }} as row_reasons
    from facts
),

versioned as (
    select
        *,
        {{ reasons_with_versions('ticket_id') }} as reasons
    from checked
),

ended as (
    select
        ---------- ids
        ticket_id,
        account_id,
        requester_user_id,
        merged_into_ticket_id,
        ---------- strings
        priority,
        status,
        category,
        channel,
        ---------- numbers
        reopened_count,
        csat_score,
        ---------- booleans
        is_escalated,
        is_spam,
        ---------- timestamps
        created_at,
        first_response_at,
        solved_at,
        closed_at,
        csat_at,
        updated_at,
        ---------- checks
        is_known_account,
        is_known_version,
        is_future_event,
        empty_key_cells,
        empty_required_cells,
        bad_cells,
        unlisted_cells,
        row_key,
        reasons,
        ---------- origin
        source_file,
        source_row_number,
        ---------- end
        {{ row_end('ticket_id', version='updated_at') }} as row_end
    from versioned
)

select * from ended
