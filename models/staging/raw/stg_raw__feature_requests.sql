with

source as (
    select * from {{ source('raw', 'feature_requests') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('request_id') }} as request_id,
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('topic') }} as topic,
        {{ parse_text('status') }} as request_status,
        ---------- timestamps
        {{ parse_timestamp('created_at') }} as created_at,
        {{ parse_timestamp('shipped_at') }} as shipped_at,
        ---------- origin
        {{ row_origin('feature_requests') }}
    from source
)

select * from typed
