with

account_months as (
    select * from {{ ref('int_method_account_months') }}
),

account_differences as (
    select
        'mrr_growth' as metric,
        'pause' as component,
        resume_mrr - pause_mrr as numerator,
        cast(null as decimal(18, 4)) as denominator,
        month
    from account_months
    where pause_mrr <> 0 or resume_mrr <> 0

    union all

    select
        'mrr_growth' as metric,
        'reactivation' as component,
        reactivation_mrr as numerator,
        cast(null as decimal(18, 4)) as denominator,
        month
    from account_months
    where reactivation_mrr <> 0

    union all

    select
        'mrr_growth' as metric,
        'fx' as component,
        fx_mrr as numerator,
        cast(null as decimal(18, 4)) as denominator,
        month
    from account_months
    where fx_mrr <> 0

    union all

    select
        'mrr_growth' as metric,
        view_cause as component,
        billed_mrr_end - billed_mrr_start - (mrr_end - mrr_start) as numerator,
        cast(null as decimal(18, 4)) as denominator,
        month
    from account_months
    where view_cause is not null

    union all

    select
        'mrr_growth' as metric,
        'limited_discounts' as component,
        lasting_mrr_end - lasting_mrr_start - (billed_mrr_end - billed_mrr_start) as numerator,
        cast(null as decimal(18, 4)) as denominator,
        month
    from account_months
    where lasting_mrr_end <> billed_mrr_end or lasting_mrr_start <> billed_mrr_start
),

stripe_growth_differences as (
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

select * from stripe_growth_differences
