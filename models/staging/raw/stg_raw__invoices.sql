with

source as (
    select * from {{ source('raw', 'invoices') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('invoice_id') }} as invoice_id,
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('currency') }} as currency,
        ---------- numbers
        {{ parse_decimal('amount', 18, 4) }} as local_amount,
        ---------- timestamps
        {{ parse_timestamp('issued_at') }} as issued_at,
        {{ parse_timestamp('due_at') }} as due_at,
        {{ parse_timestamp('paid_at') }} as paid_at,
        ---------- origin
        {{ row_origin('invoices') }}
    from source
)

select * from typed
