with

opportunities as (
    select * from {{ ref('stg_raw__opportunities') }}
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
        opportunities.*,
        known_accounts.account_id is not null as is_known_account,
        known_currencies.currency is not null
        or opportunities.currency = '{{ var("reporting_currency") }}' as has_fx_rate,
        coalesce(opportunities.opened_at >= as_of.as_of_end_at, false) as is_future_event
    from opportunities
    cross join as_of
    left join known_accounts
        on opportunities.account_id = known_accounts.account_id
    left join known_currencies
        on opportunities.currency = known_currencies.currency
),

checked as (
    select
        *,
        {{ quarantine_reasons('opportunities') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        opportunity_id,
        account_id,
        product_id,
        ---------- strings
        opportunity_kind,
        currency,
        opportunity_stage,
        ---------- numbers
        local_amount,
        ---------- booleans
        is_won,
        ---------- timestamps
        opened_at,
        closed_at,
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
        {{ row_end('opportunity_id') }} as row_end
    from checked
)

select * from ended
