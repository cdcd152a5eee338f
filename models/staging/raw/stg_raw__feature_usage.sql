with

source as (
    select * from {{ source('raw', 'feature_usage') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('account_id') }} as account_id,
        {{ parse_text('user_id') }} as user_id,
        ---------- strings
        {{ parse_text('feature') }} as feature,
        ---------- numbers
        {{ parse_integer('event_count') }} as event_count,
        ---------- dates
        {{ parse_date('usage_date') }} as usage_date,
        ---------- origin
        {{ row_origin('feature_usage') }}
    from source
)

select * from typed
