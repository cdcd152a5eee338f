with

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

open_bridges as (
    select
        month,
        logos_start,
        new_logos,
        reactivated_logos,
        churned_logos,
        logos_end
    from retention_monthly
    where logos_end <> logos_start + new_logos + reactivated_logos - churned_logos
)

select * from open_bridges
