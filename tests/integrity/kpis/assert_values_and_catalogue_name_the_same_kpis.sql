with

kpi_values as (
    select * from {{ ref('kpi_values') }}
),

catalogue as (
    select * from {{ ref('kpi_catalog') }}
),

months as (
    select * from {{ ref('int_months') }}
),

as_of_kpis as (
    select kpi_values.kpi_id
    from kpi_values
    inner join months
        on kpi_values.month = months.month
    where
        months.is_as_of_month
        and kpi_values.dimension = 'all'
        and kpi_values.version = 'current'
),

-- A month without a due contract has no renewal figures, one without a solved ticket no median, and a
-- source that is not connected no figure at all.
expected_kpis as (
    select catalogue.kpi_id
    from catalogue
    cross join months
    where
        months.is_as_of_month
        and catalogue.is_additive
        and catalogue.source_model not in (
            'kpi_renewals_monthly',
            'kpi_engagement_monthly',
            'kpi_expansion_monthly',
            'kpi_onboarding_monthly'
        )
),

unmatched_kpis as (
    select expected_kpis.kpi_id
    from expected_kpis
    left join as_of_kpis
        on expected_kpis.kpi_id = as_of_kpis.kpi_id
    where as_of_kpis.kpi_id is null

    union distinct

    select kpi_values.kpi_id
    from kpi_values
    left join catalogue
        on kpi_values.kpi_id = catalogue.kpi_id
    where catalogue.kpi_id is null
)

select * from unmatched_kpis
