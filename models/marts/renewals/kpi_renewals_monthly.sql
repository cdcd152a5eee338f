with

renewals as (
    select * from {{ ref('fct_renewal') }}
),

months as (
    select * from {{ ref('int_months') }}
),

renewal_totals as (
    select
        month,
        {{ tally('case when not is_open then 1 end') }} as due_count,
        {{ tally('case when is_renewed then 1 end') }} as renewed_count,
        {{ total('case when not is_open then atr_mrr end') }} as atr_mrr,
        {{ total('case when not is_open then renewed_mrr end') }} as renewed_mrr,
        {{ total('case when not is_open then kept_mrr end') }} as kept_mrr,
        {{ tally('case when is_open then 1 end') }} as open_count,
        {{ total('case when is_open then atr_mrr end') }} as open_atr_mrr
    from renewals
    group by month
),

-- A renewal may be due after the month of the as-of date, the last one of the calendar.
renewals_monthly as (
    select
        ---------- numbers
        renewal_totals.due_count,
        renewal_totals.renewed_count,
        renewal_totals.atr_mrr,
        renewal_totals.renewed_mrr,
        renewal_totals.kept_mrr,
        {{ ratio('renewal_totals.kept_mrr', 'renewal_totals.atr_mrr') }} as gross_renewal_rate,
        {{ ratio('renewal_totals.renewed_mrr', 'renewal_totals.atr_mrr') }} as net_renewal_rate,
        {{ ratio('renewal_totals.renewed_count', 'renewal_totals.due_count') }} as logo_renewal_rate,
        renewal_totals.open_count,
        renewal_totals.open_atr_mrr,
        ---------- booleans
        coalesce(months.is_complete, false) as is_complete,
        coalesce(months.is_final, false) as is_final,
        ---------- dates
        renewal_totals.month
    from renewal_totals
    left join months
        on renewal_totals.month = months.month
)

select * from renewals_monthly
