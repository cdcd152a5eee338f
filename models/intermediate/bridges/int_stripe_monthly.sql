with

account_months as (
    select * from {{ ref('int_billing_account_months') }}
),

totals as (
    select
        month,
        sum(billed_ends_30d) as ends,
        sum(billed_logos_30d_before) as logos_before,
        sum(billed_new_logos_30d) as new_logos,
        sum(lasting_mrr_start) as mrr_start,
        sum(lasting_mrr_end) as mrr_end
    from account_months
    group by month
),

stripe_figures as (
    select
        ---------- strings
        cast('logo_churn_rate' as {{ text_type() }}) as metric,
        ---------- numbers
        {{ money('ends') }} as numerator,
        {{ money('logos_before + new_logos') }} as denominator,
        ---------- dates
        month
    from totals

    union all

    select
        cast('mrr_growth' as {{ text_type() }}) as metric,
        {{ money('mrr_end - mrr_start') }} as numerator,
        cast(null as decimal(18, 4)) as denominator,
        month
    from totals
)

select * from stripe_figures
