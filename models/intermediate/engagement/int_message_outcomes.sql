with

messages as (
    select * from {{ ref('int_messages_current') }}
),

-- Pixels are blocked and receipts get lost, while nobody answers what never came.
message_outcomes as (
    select
        ---------- ids
        message_id,
        account_id,
        ---------- booleans
        direction = 'outbound' as is_outbound,
        coalesce(delivered_at, opened_at, replied_at) is not null as is_delivered,
        coalesce(opened_at, replied_at) is not null as is_opened,
        replied_at is not null as is_replied,
        ---------- dates
        {{ reporting_date('sent_at') }} as message_date
    from messages
    where not is_account_internal
)

select * from message_outcomes
