with

account_months as (
    select * from {{ ref('int_method_account_months') }}
),

account_differences as (
    select
        'quick_ratio' as metric,
        'pause' as component,
        gained_mrr - expansion_mrr as numerator,
        lost_mrr - churn_mrr - contraction_mrr as denominator,
        month
    from account_months
    where pause_mrr <> 0 or resume_mrr <> 0

    union all

    select
        'quick_ratio' as metric,
        'reactivation' as component,
        -reactivation_mrr as numerator,
        0 as denominator,
        month
    from account_months
    where reactivation_mrr <> 0

    union all

    select
        'quick_ratio' as metric,
        view_cause as component,
        billed_new_mrr + billed_gained_mrr - (new_mrr + gained_mrr) as numerator,
        billed_lost_mrr - lost_mrr as denominator,
        month
    from account_months
    where view_cause is not null

    union all

    select
        'nrr_30d' as metric,
        view_cause as component,
        billed_kept_mrr - (mrr_start + gained_mrr - lost_mrr) as numerator,
        billed_mrr_start - mrr_start as denominator,
        month
    from account_months
    where view_cause is not null

    union all

    select
        'nrr_30d' as metric,
        'rolling_30_days' as component,
        billed_kept_mrr_30d - billed_kept_mrr as numerator,
        billed_mrr_30d_before - billed_mrr_start as denominator,
        month
    from account_months
    where billed_kept_mrr_30d <> billed_kept_mrr or billed_mrr_30d_before <> billed_mrr_start
),

baremetrics_differences as (
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

select * from baremetrics_differences
