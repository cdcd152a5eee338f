with

by_product as (
    select * from {{ ref('kpi_mrr_by_product') }}
),

open_bridges as (
    select
        month,
        product_id,
        mrr_end
    from by_product
    where
        mrr_end
        <> mrr_start
        + new_mrr
        + reactivation_mrr
        + cross_sell_mrr
        + expansion_mrr
        + resume_mrr
        + fx_mrr
        - churn_mrr
        - contraction_mrr
        - pause_mrr
)

select * from open_bridges
