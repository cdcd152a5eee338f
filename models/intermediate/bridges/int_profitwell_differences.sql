with

account_months as (
    select * from {{ ref('int_method_account_months') }}
),

paying_months as (
    select * from {{ ref('int_profitwell_account_months') }}
),

account_differences as (
    select
        'logo_churn_rate' as metric,
        view_cause as component,
        billed_lost_logos - churned_logos as numerator,
        billed_logos_start - logos_start as denominator,
        month
    from account_months
    where view_cause is not null

    union all

    select
        'gross_revenue_churn_rate' as metric,
        'pause' as component,
        lost_mrr - churn_mrr - contraction_mrr as numerator,
        0 as denominator,
        month
    from account_months
    where pause_mrr <> 0 or resume_mrr <> 0

    union all

    select
        'gross_revenue_churn_rate' as metric,
        view_cause as component,
        billed_lost_mrr - lost_mrr as numerator,
        billed_mrr_start - mrr_start as denominator,
        month
    from account_months
    where view_cause is not null

    union all

    select
        'logo_churn_rate' as metric,
        'delinquent' as component,
        paying_lost_logos - billed_lost_logos as numerator,
        paying_logos_start - billed_logos_start as denominator,
        month
    from paying_months
    where paying_lost_logos <> billed_lost_logos or paying_logos_start <> billed_logos_start

    union all

    select
        'gross_revenue_churn_rate' as metric,
        'delinquent' as component,
        paying_lost_mrr - billed_lost_mrr as numerator,
        paying_mrr_start - billed_mrr_start as denominator,
        month
    from paying_months
    where paying_lost_mrr <> billed_lost_mrr or paying_mrr_start <> billed_mrr_start
),

profitwell_differences as (
    select
        ---------- strings
        cast(metric as {{ text_type() }}) as metric,
        cast(component as {{ text_type() }}) as component,
        ---------- numbers
        {{ money('sum(numerator)') }} as numerator,
        {{ money('sum(denominator)') }} as denominator,
        ---------- dates
        month
    from account_differences
    group by month, metric, component
)

select * from profitwell_differences
