with

current_totals as (
    select * from {{ ref('int_current_totals') }}
),

reported_totals as (
    select * from {{ ref('int_reported_totals') }}
),

-- Reports were of MRR, movements and logos: nothing else is known as it was then.
kpi_totals as (
    select
        ---------- strings
        dimension,
        dimension_value,
        cast('current' as {{ text_type() }}) as version,
        ---------- numbers
        mrr_start,
        new_mrr,
        reactivation_mrr,
        expansion_mrr,
        cross_sell_mrr,
        contraction_mrr,
        churn_mrr,
        pause_mrr,
        resume_mrr,
        fx_mrr,
        mrr_end,
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
        opening_mrr_12m,
        closing_mrr_12m,
        kept_mrr_12m,
        opening_logos_12m,
        retained_logos_12m,
        active_accounts,
        mau,
        licensed_seats,
        dau_sum_28d,
        accounts_without_login,
        tickets_created,
        tickets_solved,
        backlog,
        tickets_reopened,
        tickets_escalated,
        csat_satisfied,
        csat_n,
        first_response_hours_median,
        resolution_hours_median,
        due_count,
        renewed_count,
        atr_mrr,
        renewed_mrr,
        kept_mrr,
        open_count,
        open_atr_mrr,
        ---------- dates
        month
    from current_totals

    union all

    select
        ---------- strings
        dimension,
        dimension_value,
        cast('as_reported' as {{ text_type() }}) as version,
        ---------- numbers
        mrr_start,
        new_mrr,
        reactivation_mrr,
        expansion_mrr,
        cast(null as decimal(18, 4)) as cross_sell_mrr,
        contraction_mrr,
        churn_mrr,
        pause_mrr,
        resume_mrr,
        fx_mrr,
        mrr_end,
        cast(null as decimal(18, 4)) as carr,
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
        cast(null as decimal(18, 4)) as opening_mrr_12m,
        cast(null as decimal(18, 4)) as closing_mrr_12m,
        cast(null as decimal(18, 4)) as kept_mrr_12m,
        cast(null as integer) as opening_logos_12m,
        cast(null as integer) as retained_logos_12m,
        cast(null as integer) as active_accounts,
        cast(null as integer) as mau,
        cast(null as decimal(18, 4)) as licensed_seats,
        cast(null as integer) as dau_sum_28d,
        cast(null as integer) as accounts_without_login,
        cast(null as integer) as tickets_created,
        cast(null as integer) as tickets_solved,
        cast(null as integer) as backlog,
        cast(null as integer) as tickets_reopened,
        cast(null as integer) as tickets_escalated,
        cast(null as integer) as csat_satisfied,
        cast(null as integer) as csat_n,
        cast(null as {{ double_type() }}) as first_response_hours_median,
        cast(null as {{ double_type() }}) as resolution_hours_median,
        cast(null as integer) as due_count,
        cast(null as integer) as renewed_count,
        cast(null as decimal(18, 4)) as atr_mrr,
        cast(null as decimal(18, 4)) as renewed_mrr,
        cast(null as decimal(18, 4)) as kept_mrr,
        cast(null as integer) as open_count,
        cast(null as decimal(18, 4)) as open_atr_mrr,
        ---------- dates
        month
    from reported_totals
)

select * from kpi_totals
