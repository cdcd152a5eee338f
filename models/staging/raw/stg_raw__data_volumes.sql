with

source as (
    select * from {{ source('raw', 'data_volumes') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('object_type') }} as object_type,
        ---------- numbers
        {{ parse_decimal('record_count', 18, 0) }} as record_count,
        {{ parse_decimal('plan_limit', 18, 0) }} as plan_limit,
        ---------- dates
        {{ parse_date('snapshot_date') }} as snapshot_date,
        ---------- origin
        {{ row_origin('data_volumes') }}
    from source
)

select * from typed
