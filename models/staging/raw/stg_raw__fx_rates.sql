with

source as (
    select * from {{ source('raw', 'fx_rates') }}
),

typed as (
    select
        ---------- strings
        {{ parse_text('currency') }} as currency,
        ---------- numbers
        {{ parse_decimal('rate', 18, 8) }} as rate,
        ---------- dates
        {{ parse_date('rate_date') }} as rate_date,
        ---------- origin
        {{ row_origin('fx_rates') }}
    from source
)

select * from typed
