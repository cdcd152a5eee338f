with

retention_totals as (
    select * from {{ ref('int_retention_totals') }}
),

monthly_totals as (
    select
        ---------- numbers
        mrr_start,
        new_mrr,
        reactivation_mrr,
        expansion_mrr,
        contraction_mrr,
        churn_mrr,
        pause_mrr,
        resume_mrr,
        fx_mrr,
        mrr_end,
        arr,
        carr,
        logos_start,
        new_logos,
        reactivated_logos,
        churned_logos,
        logos_end,
        intra_month_new_logos,
        intra_month_churned_logos,
        grace_logos,
        grace_mrr,
        paused_logos_end,
        zero_mrr_logos_end,
        logo_churn_rate,
        gross_revenue_churn_rate,
        net_revenue_churn_rate,
        opening_mrr_12m,
        closing_mrr_12m,
        kept_mrr_12m,
        opening_logos_12m,
        retained_logos_12m,
        grr_12m,
        nrr_12m,
        logo_retention_12m,
        quick_ratio,
        arpa,
        ---------- booleans
        is_complete,
        is_final,
        ---------- dates
        month
    from retention_totals
    where dimension = 'all'
)

select * from monthly_totals
