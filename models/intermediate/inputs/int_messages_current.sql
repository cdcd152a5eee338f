with

checked_messages as (
    select * from {{ ref('int_messages_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_messages as (
    select
        ---------- ids
        checked_messages.message_id,
        checked_messages.account_id,
        ---------- strings
        checked_messages.direction,
        checked_messages.message_kind,
        ---------- booleans
        accounts.is_internal as is_account_internal,
        ---------- timestamps
        checked_messages.sent_at,
        cast({{ known_at('checked_messages.delivered_at') }} as timestamp) as delivered_at,
        cast({{ known_at('checked_messages.opened_at') }} as timestamp) as opened_at,
        cast({{ known_at('checked_messages.replied_at') }} as timestamp) as replied_at
    from checked_messages
    cross join as_of
    inner join accounts
        on checked_messages.account_id = accounts.account_id
    where checked_messages.row_end = 'staged'
)

select * from current_messages
