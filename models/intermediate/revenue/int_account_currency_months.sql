with

product_months as (
    select * from {{ ref('int_account_product_months') }}
),

account_currency_months as (
    select
        ---------- ids
        account_id,
        ---------- strings
        currency,
        ---------- numbers
        month_index,
        {{ money('sum(local_mrr)') }} as local_mrr,
        {{ money('sum(paused_local_mrr)') }} as paused_local_mrr,
        {{ money('sum(resumed_local_mrr)') }} as resumed_local_mrr,
        ---------- booleans
        is_current,
        ---------- dates
        known_on
    from product_months
    group by account_id, known_on, is_current, month_index, currency
)

select * from account_currency_months
