with

account_months as (
    select * from {{ ref('int_billing_account_months') }}
),

totals as (
    select
        month,
        sum(billed_logos_start) as logos_start,
        sum(billed_ends) as ends,
        sum(billed_mrr_start) as mrr_start,
        sum(billed_lost_mrr) as lost_mrr,
        sum(billed_gained_mrr) as gained_mrr,
        sum(billed_returned_mrr) as returned_mrr,
        sum(billed_first_day_mrr) as first_day_mrr,
        sum(billed_new_mrr) as new_mrr
    from account_months
    group by month
),

-- Movements of the days between add up: a new customer has lost what it had on its first day and
-- has no longer at the end.
chartmogul_figures as (
    select
        ---------- strings
        cast('logo_churn_rate' as {{ text_type() }}) as metric,
        ---------- numbers
        {{ money('ends') }} as numerator,
        {{ money('logos_start') }} as denominator,
        ---------- dates
        month
    from totals

    union all

    select
        cast('net_revenue_churn_rate' as {{ text_type() }}) as metric,
        {{ money('lost_mrr - gained_mrr - returned_mrr + first_day_mrr - new_mrr') }} as numerator,
        {{ money('mrr_start') }} as denominator,
        month
    from totals
)

select * from chartmogul_figures
