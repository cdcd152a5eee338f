with

source as (
    select * from {{ source('raw', 'tickets') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('ticket_id') }} as ticket_id,
        {{ parse_text('account_id') }} as account_id,
        {{ parse_text('requester_user_id') }} as requester_user_id,
        {{ parse_text('merged_into_ticket_id') }} as merged_into_ticket_id,
        ---------- strings
        {{ parse_text('priority') }} as priority,
        {{ parse_text('status') }} as status,
        {{ parse_text('category') }} as category,
        {{ parse_text('channel') }} as channel,
        ---------- numbers
        {{ parse_integer('reopened_count') }} as reopened_count,
        {{ parse_integer('csat_score') }} as csat_score,
        ---------- booleans
        coalesce({{ parse_boolean('is_escalated') }}, false) as is_escalated,
        coalesce({{ parse_boolean('is_spam') }}, false) as is_spam,
        ---------- timestamps
        {{ parse_timestamp('created_at') }} as created_at,
        {{ parse_timestamp('first_response_at') }} as first_response_at,
        {{ parse_timestamp('solved_at') }} as solved_at,
        {{ parse_timestamp('closed_at') }} as closed_at,
        {{ parse_timestamp('csat_at') }} as csat_at,
        {{ parse_timestamp('updated_at') }} as updated_at,
        ---------- origin
        {{ row_origin('tickets') }}
    from source
)

select * from typed
