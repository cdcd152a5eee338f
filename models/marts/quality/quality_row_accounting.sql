with

raw_rows as (
    select * from {{ ref('int_raw_rows_counted') }}
),

staged_rows as (
    select * from {{ ref('int_staged_rows_counted') }}
),

superseded_rows as (
    select * from {{ ref('int_rows_superseded') }}
),

duplicate_rows as (
    select * from {{ ref('int_rows_duplicate') }}
),

quarantined_rows as (
    select * from {{ ref('int_rows_quarantined') }}
),

superseded_totals as (
    select
        source,
        count(*) as row_count
    from superseded_rows
    group by source
),

duplicate_totals as (
    select
        source,
        count(*) as row_count
    from duplicate_rows
    group by source
),

quarantined_totals as (
    select
        source,
        count(*) as row_count
    from quarantined_rows
    group by source
),

row_accounting as (
    select
        ---------- strings
        staged_rows.source,
        ---------- numbers
        cast(coalesce(raw_rows.raw_rows, 0) as bigint) as raw_rows,
        staged_rows.staged_rows,
        cast(coalesce(superseded_totals.row_count, 0) as bigint) as superseded_rows,
        cast(coalesce(duplicate_totals.row_count, 0) as bigint) as duplicate_rows,
        cast(coalesce(quarantined_totals.row_count, 0) as bigint) as quarantined_rows,
        cast(coalesce(staged_rows.backfilled_rows, 0) as bigint) as backfilled_rows
    from staged_rows
    left join raw_rows
        on staged_rows.source = raw_rows.source
    left join superseded_totals
        on staged_rows.source = superseded_totals.source
    left join duplicate_totals
        on staged_rows.source = duplicate_totals.source
    left join quarantined_totals
        on staged_rows.source = quarantined_totals.source
)

select * from row_accounting
