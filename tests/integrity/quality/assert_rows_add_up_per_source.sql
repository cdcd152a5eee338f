with

row_accounting as (
    select * from {{ ref('quality_row_accounting') }}
),

unaccounted_sources as (
    select
        source,
        raw_rows,
        staged_rows,
        superseded_rows,
        duplicate_rows,
        quarantined_rows
    from row_accounting
    where raw_rows <> staged_rows + superseded_rows + duplicate_rows + quarantined_rows
)

select * from unaccounted_sources
