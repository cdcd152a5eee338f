with

cohort_retention as (
    select * from {{ ref('kpi_cohort_retention') }}
),

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

cohort_months as (
    select
        {{ add_months('cohort_month', 'months_since') }} as month,
        logos_active
    from cohort_retention
),

monthly_logos as (
    select
        month,
        sum(logos_active) as logos_active
    from cohort_months
    group by month
),

differing_months as (
    select
        retention_monthly.month,
        retention_monthly.logos_end,
        monthly_logos.logos_active
    from retention_monthly
    left join monthly_logos
        on retention_monthly.month = monthly_logos.month
    where
        retention_monthly.is_complete
        and retention_monthly.logos_end <> coalesce(monthly_logos.logos_active, 0)
)

select * from differing_months
