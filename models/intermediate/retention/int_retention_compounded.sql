with

retention_totals as (
    select * from {{ ref('int_retention_totals') }}
),

-- The monthly rate off 1, with one division: 1 less a rounded quotient would lose digits near 0.
monthly_shares as (
    select
        month,
        {{ ratio('mrr_start - churn_mrr - contraction_mrr + expansion_mrr', 'mrr_start') }} as nrr,
        {{ ratio('mrr_start - churn_mrr - contraction_mrr', 'mrr_start') }} as grr,
        {{ ratio('logos_start - churned_logos', 'logos_start') }} as logo
    from retention_totals
    where dimension = 'all'
),

quarterly_shares as (
    select
        month,
        nrr * lag(nrr, 1) over (order by month) * lag(nrr, 2) over (order by month) as nrr,
        grr * lag(grr, 1) over (order by month) * lag(grr, 2) over (order by month) as grr,
        logo * lag(logo, 1) over (order by month) * lag(logo, 2) over (order by month) as logo
    from monthly_shares
),

-- A year is four quarters that follow one another; nothing is lost by logarithms, not even a 0.
yearly_shares as (
    select
        month,
        nrr
        * lag(nrr, 3) over (order by month)
        * lag(nrr, 6) over (order by month)
        * lag(nrr, 9) over (order by month) as nrr,
        grr
        * lag(grr, 3) over (order by month)
        * lag(grr, 6) over (order by month)
        * lag(grr, 9) over (order by month) as grr,
        logo
        * lag(logo, 3) over (order by month)
        * lag(logo, 6) over (order by month)
        * lag(logo, 9) over (order by month) as logo
    from quarterly_shares
),

window_shares as (
    select
        *,
        1 as window_months
    from monthly_shares

    union all

    select
        *,
        3 as window_months
    from quarterly_shares

    union all

    select
        *,
        12 as window_months
    from yearly_shares
),

compounded as (
    select
        ---------- numbers
        window_months,
        cast(nrr as {{ double_type() }}) as compounded_nrr,
        cast(grr as {{ double_type() }}) as compounded_grr,
        cast(logo as {{ double_type() }}) as compounded_logo,
        ---------- dates
        month
    from window_shares
)

select * from compounded
