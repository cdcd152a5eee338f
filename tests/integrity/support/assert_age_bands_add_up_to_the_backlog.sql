with

support_backlog as (
    select * from {{ ref('kpi_support_backlog') }}
),

support_monthly as (
    select * from {{ ref('kpi_support_monthly') }}
),

band_sums as (
    select
        month,
        sum(backlog) as backlog
    from support_backlog
    group by month
),

differing_months as (
    select
        support_monthly.month,
        support_monthly.backlog,
        band_sums.backlog as backlog_of_bands
    from support_monthly
    left join band_sums
        on support_monthly.month = band_sums.month
    where support_monthly.backlog <> coalesce(band_sums.backlog, 0)
)

select * from differing_months
