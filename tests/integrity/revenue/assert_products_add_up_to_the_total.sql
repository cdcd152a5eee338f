with

by_product as (
    select * from {{ ref('kpi_mrr_by_product') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

-- Accounts with an opposite sign, so that a month in which both agree adds up to nothing.
parts as (
    select
        month,
        mrr_start,
        new_mrr,
        reactivation_mrr,
        cross_sell_mrr + expansion_mrr - contraction_mrr as remaining_change,
        churn_mrr,
        pause_mrr,
        resume_mrr,
        fx_mrr,
        mrr_end
    from by_product

    union all

    select
        month,
        -mrr_start as mrr_start,
        -new_mrr as new_mrr,
        -reactivation_mrr as reactivation_mrr,
        contraction_mrr - expansion_mrr as remaining_change,
        -churn_mrr as churn_mrr,
        -pause_mrr as pause_mrr,
        -resume_mrr as resume_mrr,
        -fx_mrr as fx_mrr,
        -mrr_end as mrr_end
    from mrr_monthly
),

differences as (
    select
        month,
        sum(mrr_start) as mrr_start,
        sum(new_mrr) as new_mrr,
        sum(reactivation_mrr) as reactivation_mrr,
        sum(remaining_change) as remaining_change,
        sum(churn_mrr) as churn_mrr,
        sum(pause_mrr) as pause_mrr,
        sum(resume_mrr) as resume_mrr,
        sum(fx_mrr) as fx_mrr,
        sum(mrr_end) as mrr_end
    from parts
    group by month
),

differing_months as (
    select *
    from differences
    where
        mrr_start <> 0
        or new_mrr <> 0
        or reactivation_mrr <> 0
        or remaining_change <> 0
        or churn_mrr <> 0
        or pause_mrr <> 0
        or resume_mrr <> 0
        or fx_mrr <> 0
        or mrr_end <> 0
)

select * from differing_months
