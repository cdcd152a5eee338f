with

raw_rows as (
    select * from {{ ref('int_raw_rows_counted') }}
),

staged_rows as (
    select * from {{ ref('int_staged_rows_counted') }}
),

ended_rows as (
    select * from {{ ref('int_rows_ended') }}
),

quarantined_rows as (
    select * from {{ ref('int_rows_quarantined') }}
),

older_totals as (
    select
        source,
        count(case when row_end = 'superseded' then 1 end) as superseded_rows,
        count(case when row_end = 'duplicate' then 1 end) as duplicate_rows
    from ended_rows
    where row_end in ('superseded', 'duplicate')
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
        cast(coalesce(older_totals.superseded_rows, 0) as bigint) as superseded_rows,
        cast(coalesce(older_totals.duplicate_rows, 0) as bigint) as duplicate_rows,
        cast(coalesce(quarantined_totals.row_count, 0) as bigint) as quarantined_rows,
        cast(coalesce(staged_rows.backfilled_rows, 0) as bigint) as backfilled_rows
    from staged_rows
    left join raw_rows
        on staged_rows.source = raw_rows.source
    left join older_totals
        on staged_rows.source = older_totals.source
    left join quarantined_totals
        on staged_rows.source = quarantined_totals.source
)

select * from row_accounting
