with

invoices as (
    select * from {{ ref('stg_raw__invoices') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

fx_rates as (
    select * from {{ ref('int_fx_rates_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

known_currencies as (
    select distinct currency
    from fx_rates
),

facts as (
    select
        invoices.*,
        known_accounts.account_id is not null as is_known_account,
        known_currencies.currency is not null
        or invoices.currency = '{{ var("reporting_currency") }}' as has_fx_rate,
        coalesce(invoices.issued_at >= as_of.as_of_end_at, false) as is_future_event
    from invoices
    cross join as_of
    left join known_accounts
        on invoices.account_id = known_accounts.account_id
    left join known_currencies
        on invoices.currency = known_currencies.currency
),

checked as (
    select
        *,
        {{ quarantine_reasons('invoices') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        invoice_id,
        account_id,
        ---------- strings
        currency,
        ---------- numbers
        local_amount,
        ---------- timestamps
        issued_at,
        due_at,
        paid_at,
        ---------- checks
        is_known_account,
        has_fx_rate,
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
        {{ row_end('invoice_id') }} as row_end
    from checked
)

select * from ended
