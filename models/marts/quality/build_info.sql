with

build_request as (
    select * from {{ source('raw', 'build_request') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

row_accounting as (
    select * from {{ ref('quality_row_accounting') }}
),

row_totals as (
    select
        sum(raw_rows) as raw_rows,
        sum(quarantined_rows) as quarantined_rows
    from row_accounting
),

build_stamp as (
    select
        ---------- ids
        build_request.build_id,
        ---------- strings
        build_request.project_version,
        build_request.git_commit,
        cast('{{ var("reporting_currency") }}' as {{ text_type() }}) as reporting_currency,
        ---------- numbers
        cast(row_totals.raw_rows as bigint) as raw_rows,
        cast(row_totals.quarantined_rows as bigint) as quarantined_rows,
        ---------- dates
        as_of.as_of_date,
        ---------- timestamps
        build_request.built_at
    from build_request
    cross join as_of
    cross join row_totals
)

select * from build_stamp
