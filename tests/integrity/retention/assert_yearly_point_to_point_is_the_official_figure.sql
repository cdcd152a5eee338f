with

retention_methods as (
    select * from {{ ref('kpi_retention_methods') }}
),

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

official_figures as (
    select
        month,
        'nrr' as metric,
        closing_mrr_12m as numerator,
        nrr_12m as value
    from retention_monthly

    union all

    select
        month,
        'grr' as metric,
        kept_mrr_12m as numerator,
        grr_12m as value
    from retention_monthly

    union all

    select
        month,
        'logo' as metric,
        retained_logos_12m as numerator,
        logo_retention_12m as value
    from retention_monthly
),

-- A month whose history is too short has sums of 0 there and nulls here: both have no value.
differing_months as (
    select
        official_figures.month,
        official_figures.metric,
        official_figures.value,
        retention_methods.value as point_to_point_value
    from official_figures
    left join retention_methods
        on
            official_figures.month = retention_methods.month
            and official_figures.metric = retention_methods.metric
            and retention_methods.method = 'point_to_point'
            and retention_methods.window_months = 12
    where
        official_figures.numerator <> coalesce(retention_methods.numerator, 0)
        or coalesce(official_figures.value, -1) <> coalesce(retention_methods.value, -1)
)

select * from differing_months
