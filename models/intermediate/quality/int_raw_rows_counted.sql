with

source_events as (
    select * from {{ ref('int_source_events') }}
),

malformed_lines as (
    select * from {{ source('raw', 'malformed_lines') }}
),

row_counts as (
    select
        source,
        row_count
    from source_events

    union all

    select
        source,
        count(*) as row_count
    from malformed_lines
    group by source
),

totals as (
    select
        source,
        cast(sum(row_count) as bigint) as raw_rows
    from row_counts
    group by source
)

select * from totals
