with

expansion_monthly as (
    select * from {{ ref('kpi_expansion_monthly') }}
),

by_product as (
    select * from {{ ref('kpi_mrr_by_product') }}
),

product_totals as (
    select
        month,
        sum(expansion_mrr) as upsell_mrr,
        sum(cross_sell_mrr) as cross_sell_mrr
    from by_product
    group by month
),

differing_months as (
    select
        expansion_monthly.month,
        expansion_monthly.upsell_mrr,
        expansion_monthly.cross_sell_mrr,
        product_totals.upsell_mrr as upsell_mrr_of_products,
        product_totals.cross_sell_mrr as cross_sell_mrr_of_products
    from expansion_monthly
    left join product_totals
        on expansion_monthly.month = product_totals.month
    where
        expansion_monthly.upsell_mrr <> coalesce(product_totals.upsell_mrr, 0)
        or expansion_monthly.cross_sell_mrr <> coalesce(product_totals.cross_sell_mrr, 0)
)

select * from differing_months
