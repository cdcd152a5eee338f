with

account_months as (
    select * from {{ ref('int_profitwell_account_months') }}
),

-- Month ends alone: whoever comes and goes between them is ignored.
totals as (
    select
        month,
        sum(paying_logos_start) as logos_start,
        sum(paying_lost_logos) as lost_logos,
        sum(paying_mrr_start) as mrr_start,
        sum(paying_lost_mrr) as lost_mrr
    from account_months
    group by month
),

profitwell_figures as (
    select
        ---------- strings
        cast('logo_churn_rate' as {{ text_type() }}) as metric,
        ---------- numbers
        {{ money('lost_logos') }} as numerator,
        {{ money('logos_start') }} as denominator,
        ---------- dates
        month
    from totals

    union all

    select
        cast('gross_revenue_churn_rate' as {{ text_type() }}) as metric,
        {{ money('lost_mrr') }} as numerator,
        {{ money('mrr_start') }} as denominator,
        month
    from totals
)

select * from profitwell_figures
