with

account_months as (
    select * from {{ ref('int_method_account_months') }}
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
        'logo_churn_rate' as metric,
        'within_month' as component,
        billed_ends - billed_lost_logos as numerator,
        0 as denominator,
        month
    from account_months
    where billed_ends > billed_lost_logos

    union all

    select
        'net_revenue_churn_rate' as metric,
        'pause' as component,
        pause_mrr - resume_mrr as numerator,
        0 as denominator,
        month
    from account_months
    where pause_mrr <> 0 or resume_mrr <> 0

    union all

    select
        'net_revenue_churn_rate' as metric,
        'reactivation' as component,
        -reactivation_mrr as numerator,
        0 as denominator,
        month
    from account_months
    where reactivation_mrr <> 0

    union all

    select
        'net_revenue_churn_rate' as metric,
        view_cause as component,
        billed_lost_mrr - billed_gained_mrr - billed_returned_mrr
        - (lost_mrr - gained_mrr - reactivation_mrr) as numerator,
        billed_mrr_start - mrr_start as denominator,
        month
    from account_months
    where view_cause is not null

    union all

    select
        'net_revenue_churn_rate' as metric,
        'within_month' as component,
        billed_first_day_mrr - billed_new_mrr as numerator,
        0 as denominator,
        month
    from account_months
    where billed_first_day_mrr <> billed_new_mrr
),

chartmogul_differences as (
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

select * from chartmogul_differences
