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
        'logo_churn_rate' as metric,
        'new_in_denominator' as component,
        0 as numerator,
        billed_new_logos as denominator,
        month
    from account_months
    where billed_new_logos > 0

    union all

    select
        'logo_churn_rate' as metric,
        'rolling_30_days' as component,
        billed_ends_30d - billed_ends as numerator,
        billed_logos_30d_before + billed_new_logos_30d - billed_logos_start - billed_new_logos as denominator,
        month
    from account_months
    where
        billed_ends_30d <> billed_ends
        or billed_logos_30d_before + billed_new_logos_30d <> billed_logos_start + billed_new_logos
),

stripe_churn_differences as (
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

select * from stripe_churn_differences
