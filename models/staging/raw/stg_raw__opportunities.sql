with

source as (
    select * from {{ source('raw', 'opportunities') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('opportunity_id') }} as opportunity_id,
        {{ parse_text('account_id') }} as account_id,
        {{ parse_text('product_id') }} as product_id,
        ---------- strings
        {{ parse_text('kind') }} as opportunity_kind,
        {{ parse_text('currency') }} as currency,
        {{ parse_text('stage') }} as opportunity_stage,
        ---------- numbers
        {{ parse_decimal('amount', 18, 4) }} as local_amount,
        ---------- booleans
        {{ parse_boolean('is_won') }} as is_won,
        ---------- timestamps
        {{ parse_timestamp('opened_at') }} as opened_at,
        {{ parse_timestamp('closed_at') }} as closed_at,
        ---------- origin
        {{ row_origin('opportunities') }}
    from source
)

select * from typed
