with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

bridges as (
    select
        account_id,
        month,
        mrr_end,
        mrr_start + new_mrr + reactivation_mrr + expansion_mrr + resume_mrr + fx_mrr
        - churn_mrr - contraction_mrr - pause_mrr as bridged_mrr
    from mrr_monthly
),

open_bridges as (
    select *
    from bridges
    where abs(bridged_mrr - mrr_end) >= 0.0001
)

select * from open_bridges
