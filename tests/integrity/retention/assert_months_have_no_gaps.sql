with

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

adoption_monthly as (
    select * from {{ ref('kpi_adoption_monthly') }}
),

support_monthly as (
    select * from {{ ref('kpi_support_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

mart_months as (
    select
        'kpi_retention_monthly' as mart,
        month
    from retention_monthly

    union all

    select
        'kpi_adoption_monthly' as mart,
        month
    from adoption_monthly

    union all

    select
        'kpi_support_monthly' as mart,
        month
    from support_monthly
),

following_months as (
    select
        mart_months.mart,
        mart_months.month,
        lead(mart_months.month) over (partition by mart_months.mart order by mart_months.month) as next_month,
        {{ month_start('as_of.as_of_date') }} as as_of_month
    from mart_months
    cross join as_of
),

gaps as (
    select *
    from following_months
    where
        {{ add_months('month', 1) }} <> next_month
        or (next_month is null and month <> as_of_month)
)

select * from gaps
