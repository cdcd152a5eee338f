with

account_months as (
    select * from {{ ref('int_billing_account_months') }}
),

totals as (
    select
        month,
        sum(billed_new_mrr) as new_mrr,
        sum(billed_gained_mrr) as gained_mrr,
        sum(billed_lost_mrr) as lost_mrr,
        sum(billed_kept_mrr_30d) as kept_mrr,
        sum(billed_mrr_30d_before) as mrr_before
    from account_months
    group by month
),

baremetrics_figures as (
    select
        ---------- strings
        cast('quick_ratio' as {{ text_type() }}) as metric,
        ---------- numbers
        {{ money('new_mrr + gained_mrr') }} as numerator,
        {{ money('lost_mrr') }} as denominator,
        ---------- dates
        month
    from totals

    union all

    select
        cast('nrr_30d' as {{ text_type() }}) as metric,
        {{ money('kept_mrr') }} as numerator,
        {{ money('mrr_before') }} as denominator,
        month
    from totals
)

select * from baremetrics_figures
