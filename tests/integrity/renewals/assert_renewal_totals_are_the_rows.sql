with

renewals as (
    select * from {{ ref('fct_renewal') }}
),

renewals_monthly as (
    select * from {{ ref('kpi_renewals_monthly') }}
),

row_totals as (
    select
        {{ month_start('due_date') }} as month,
        sum(case when outcome <> 'open' then 1 else 0 end) as due_count,
        sum(case when outcome in ('open', 'churned') then 0 else 1 end) as renewed_count,
        sum(case when outcome <> 'open' then atr_mrr else 0 end) as atr_mrr,
        sum(case when outcome <> 'open' then renewed_mrr else 0 end) as renewed_mrr,
        sum(case when outcome <> 'open' then least(renewed_mrr, atr_mrr) else 0 end) as kept_mrr,
        sum(case when outcome = 'open' then 1 else 0 end) as open_count,
        sum(case when outcome = 'open' then atr_mrr else 0 end) as open_atr_mrr
    from renewals
    group by {{ month_start('due_date') }}
),

different_months as (
    select
        row_totals.month,
        renewals_monthly.month as published_month
    from row_totals
    full outer join renewals_monthly
        on row_totals.month = renewals_monthly.month
    where
        row_totals.month is null
        or renewals_monthly.month is null
        or row_totals.due_count <> renewals_monthly.due_count
        or row_totals.renewed_count <> renewals_monthly.renewed_count
        or row_totals.atr_mrr <> renewals_monthly.atr_mrr
        or row_totals.renewed_mrr <> renewals_monthly.renewed_mrr
        or row_totals.kept_mrr <> renewals_monthly.kept_mrr
        or row_totals.open_count <> renewals_monthly.open_count
        or row_totals.open_atr_mrr <> renewals_monthly.open_atr_mrr
        or coalesce({{ ratio('row_totals.kept_mrr', 'row_totals.atr_mrr') }}, -1)
        <> coalesce(renewals_monthly.gross_renewal_rate, -1)
        or coalesce({{ ratio('row_totals.renewed_mrr', 'row_totals.atr_mrr') }}, -1)
        <> coalesce(renewals_monthly.net_renewal_rate, -1)
        or coalesce({{ ratio('row_totals.renewed_count', 'row_totals.due_count') }}, -1)
        <> coalesce(renewals_monthly.logo_renewal_rate, -1)
)

select * from different_months
