with

currency_months as (
    select * from {{ ref('int_account_currency_months') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

-- One row per side, so that a currency that is there at only one month end is not lost.
sides as (
    select
        account_id,
        known_on,
        currency,
        month_index + 1 as month_index,
        local_mrr as local_start,
        0 as local_end,
        0 as paused_local_mrr,
        0 as resumed_local_mrr
    from currency_months

    union all

    select
        account_id,
        known_on,
        currency,
        month_index,
        0 as local_start,
        local_mrr as local_end,
        paused_local_mrr,
        resumed_local_mrr
    from currency_months
),

local_movements as (
    select
        account_id,
        known_on,
        currency,
        month_index,
        sum(local_start) as local_start,
        sum(local_end) as local_end,
        sum(paused_local_mrr) as paused_local_mrr,
        sum(resumed_local_mrr) as resumed_local_mrr
    from sides
    group by account_id, known_on, currency, month_index
),

rated as (
    select
        local_movements.*,
        rates.rate as closing_rate,
        rates.rate_before as opening_rate
    from local_movements
    inner join rates
        on
            local_movements.currency = rates.currency
            and local_movements.month_index = rates.month_index
),

currency_movements as (
    select
        ---------- ids
        account_id,
        ---------- strings
        currency,
        ---------- numbers
        month_index,
        {{ at_rate('local_start', 'opening_rate') }} as mrr_start,
        {{ at_rate('local_end', 'opening_rate') }} as mrr_end_at_opening_rate,
        {{ at_rate('local_end', 'closing_rate') }} as mrr_end,
        {{ at_rate('paused_local_mrr', 'opening_rate') }} as pause_mrr,
        {{ at_rate('resumed_local_mrr', 'opening_rate') }} as resume_mrr,
        ---------- dates
        known_on
    from rated
)

select * from currency_movements
