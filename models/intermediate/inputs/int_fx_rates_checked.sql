with

fx_rates as (
    select * from {{ ref('stg_raw__fx_rates') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        fx_rates.*,
        coalesce(fx_rates.rate_date > as_of.as_of_date, false) as is_future_event
    from fx_rates
    cross join as_of
),

checked as (
    select
        *,
        {{ quarantine_reasons('fx_rates') }} as reasons
    from facts
),

ended as (
    select
        ---------- strings
        currency,
        ---------- numbers
        rate,
        ---------- dates
        rate_date,
        ---------- checks
        is_future_event,
        empty_key_cells,
        empty_required_cells,
        bad_cells,
        unlisted_cells,
        row_key,
        reasons,
        ---------- origin
        source_file,
        source_row_number,
        ---------- end
        {{ row_end('currency, rate_date') }} as row_end
    from checked
)

select * from ended
