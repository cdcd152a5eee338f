with

source as (
    select * from {{ source('raw', 'messages') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('message_id') }} as message_id,
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('direction') }} as direction,
        {{ parse_text('kind') }} as message_kind,
        ---------- timestamps
        {{ parse_timestamp('sent_at') }} as sent_at,
        {{ parse_timestamp('delivered_at') }} as delivered_at,
        {{ parse_timestamp('opened_at') }} as opened_at,
        {{ parse_timestamp('replied_at') }} as replied_at,
        ---------- origin
        {{ row_origin('messages') }}
    from source
)

select * from typed
