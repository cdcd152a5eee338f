with

contracts as (
    select * from {{ ref('stg_raw__contracts') }}
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
        contracts.*,
        known_accounts.account_id is not null as is_known_account,
        known_currencies.currency is not null
        or contracts.currency = '{{ var("reporting_currency") }}' as has_fx_rate,
        coalesce(contracts.updated_at >= as_of.as_of_end_at, false) as is_future_event
    from contracts
    cross join as_of
    left join known_accounts
        on contracts.account_id = known_accounts.account_id
    left join known_currencies
        on contracts.currency = known_currencies.currency
),

checked as (
    select
        *,
        {{ quarantine_reasons('contracts') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        contract_line_id,
        contract_id,
        account_id,
        product_id,
        renewed_from_contract_id,
        ---------- strings
        line_type,
        currency,
        billing_interval,
        cancel_reason,
        cancel_type,
        ---------- numbers
        unit_price,
        quantity,
        discount_pct,
        interval_count,
        ---------- booleans
        is_auto_renew,
        is_deleted,
        ---------- dates
        start_date,
        end_date,
        cancel_effective_date,
        paused_from,
        paused_until,
        ---------- timestamps
        signed_at,
        cancel_notice_at,
        updated_at,
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
        {{ row_end('contract_line_id', version='updated_at') }} as row_end
    from checked
)

select * from ended
