with

source as (
    select * from {{ source('raw', 'contracts') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('contract_line_id') }} as contract_line_id,
        {{ parse_text('contract_id') }} as contract_id,
        {{ parse_text('account_id') }} as account_id,
        {{ parse_text('product_id') }} as product_id,
        {{ parse_text('renewed_from_contract_id') }} as renewed_from_contract_id,
        ---------- strings
        {{ parse_text('line_type') }} as line_type,
        {{ parse_text('currency') }} as currency,
        {{ parse_text('billing_interval') }} as billing_interval,
        {{ parse_text('cancel_reason') }} as cancel_reason,
        {{ parse_text('cancel_type') }} as cancel_type,
        ---------- numbers
        {{ parse_decimal('unit_price', 18, 6) }} as unit_price,
        {{ parse_decimal('quantity', 18, 4) }} as quantity,
        {{ parse_decimal('discount_pct', 9, 6) }} as discount_pct,
        {{ parse_integer('interval_count') }} as interval_count,
        ---------- booleans
        {{ parse_boolean('is_auto_renew') }} as is_auto_renew,
        coalesce({{ parse_boolean('is_deleted') }}, false) as is_deleted,
        ---------- dates
        {{ parse_date('start_date') }} as start_date,
        {{ parse_date('end_date') }} as end_date,
        {{ parse_date('cancel_effective_date') }} as cancel_effective_date,
        {{ parse_date('paused_from') }} as paused_from,
        {{ parse_date('paused_until') }} as paused_until,
        ---------- timestamps
        {{ parse_timestamp('signed_at') }} as signed_at,
        {{ parse_timestamp('cancel_notice_at') }} as cancel_notice_at,
        {{ parse_timestamp('updated_at') }} as updated_at,
        ---------- origin
        {{ row_origin('contracts') }}
    from source
)

select * from typed
