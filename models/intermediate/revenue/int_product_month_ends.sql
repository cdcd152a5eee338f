with

product_stretches as (
    select * from {{ ref('int_account_product_stretches') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

product_month_ends as (
    select
        ---------- ids
        product_stretches.product_id,
        ---------- numbers
        rates.month_index,
        {{ money('sum(' ~ at_rate('running_local_mrr', 'rate_before') ~ ' - '
            ~ at_rate('running_local_mrr - local_mrr', 'rate_before') ~ ')') }} as mrr_end_at_opening_rate,
        {{ money('sum(' ~ at_rate('running_local_mrr', 'rate') ~ ' - '
            ~ at_rate('running_local_mrr - local_mrr', 'rate') ~ ')') }} as mrr_end
    from product_stretches
    inner join rates
        on
            product_stretches.currency = rates.currency
            and product_stretches.first_month_index <= rates.month_index
            and product_stretches.next_month_index > rates.month_index
    group by product_stretches.product_id, rates.month_index
)

select * from product_month_ends
