with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

account_totals as (
    select
        month,
        sum(mrr_end) as mrr_end
    from mrr_monthly
    group by month
),

bridges as (
    select
        month,
        mrr_end,
        mrr_start + new_mrr + reactivation_mrr + expansion_mrr + resume_mrr + fx_mrr
        - churn_mrr - contraction_mrr - pause_mrr as bridged_mrr
    from retention_monthly
),

open_bridges as (
    select
        bridges.month,
        bridges.mrr_end,
        bridges.bridged_mrr,
        account_totals.mrr_end as account_mrr_end
    from bridges
    left join account_totals
        on bridges.month = account_totals.month
    where
        abs(bridges.bridged_mrr - bridges.mrr_end) >= 0.0001
        or abs(coalesce(account_totals.mrr_end, 0) - bridges.mrr_end) >= 0.0001
)

select * from open_bridges
