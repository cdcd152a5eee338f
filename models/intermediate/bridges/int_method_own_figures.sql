with

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

windows as (
    select * from {{ ref('int_retention_windows') }}
),

monthly_retention as (
    select
        month,
        sum(opening_mrr) as opening_mrr,
        sum(closing_mrr) as closing_mrr
    from windows
    where window_months = 1
    group by month
),

own_figures as (
    select
        ---------- strings
        cast('logo_churn_rate' as {{ text_type() }}) as metric,
        ---------- numbers
        {{ money('churned_logos') }} as numerator,
        {{ money('logos_start') }} as denominator,
        ---------- dates
        month
    from retention_monthly

    union all

    select
        cast('gross_revenue_churn_rate' as {{ text_type() }}) as metric,
        {{ money('churn_mrr + contraction_mrr') }} as numerator,
        mrr_start as denominator,
        month
    from retention_monthly

    union all

    select
        cast('net_revenue_churn_rate' as {{ text_type() }}) as metric,
        {{ money('churn_mrr + contraction_mrr - expansion_mrr') }} as numerator,
        mrr_start as denominator,
        month
    from retention_monthly

    union all

    select
        cast('mrr_growth' as {{ text_type() }}) as metric,
        {{ money('new_mrr + expansion_mrr - churn_mrr - contraction_mrr') }} as numerator,
        cast(null as decimal(18, 4)) as denominator,
        month
    from retention_monthly

    union all

    select
        cast('quick_ratio' as {{ text_type() }}) as metric,
        {{ money('new_mrr + expansion_mrr + reactivation_mrr') }} as numerator,
        {{ money('churn_mrr + contraction_mrr') }} as denominator,
        month
    from retention_monthly

    union all

    select
        cast('nrr_30d' as {{ text_type() }}) as metric,
        {{ money('closing_mrr') }} as numerator,
        {{ money('opening_mrr') }} as denominator,
        month
    from monthly_retention
)

select * from own_figures
