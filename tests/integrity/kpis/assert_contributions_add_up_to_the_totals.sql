with

contributions as (
    select * from {{ ref('kpi_contributions') }}
),

kpi_values as (
    select * from {{ ref('kpi_values') }}
),

catalogue as (
    select * from {{ ref('kpi_catalog') }}
),

sums as (
    select
        kpi_id,
        month,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from contributions
    group by kpi_id, month
),

additive_values as (
    select kpi_values.*
    from kpi_values
    inner join catalogue
        on kpi_values.kpi_id = catalogue.kpi_id
    where
        catalogue.is_additive
        and kpi_values.dimension = 'all'
        and kpi_values.version = 'current'
),

differing_totals as (
    select
        coalesce(sums.kpi_id, additive_values.kpi_id) as kpi_id,
        coalesce(sums.month, additive_values.month) as month
    from sums
    full outer join additive_values
        on
            sums.kpi_id = additive_values.kpi_id
            and sums.month = additive_values.month
    where
        coalesce(sums.numerator, 0) <> coalesce(additive_values.numerator, 0)
        or coalesce(sums.denominator, 0) <> coalesce(additive_values.denominator, 0)
)

select * from differing_totals
