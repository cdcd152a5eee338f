with

checked_rates as (
    select * from {{ ref('int_fx_rates_checked') }}
),

current_rates as (
    select
        ---------- strings
        currency,
        ---------- numbers
        rate,
        ---------- dates
        rate_date
    from checked_rates
    where row_end = 'staged'
)

select * from current_rates
