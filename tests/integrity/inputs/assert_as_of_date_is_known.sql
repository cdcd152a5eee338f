with

as_of as (
    select * from {{ ref('int_as_of') }}
),

counted as (
    select
        count(*) as row_count,
        count(as_of_date) as dated_rows,
        count(as_of_end_at) as bounded_rows
    from as_of
),

offending_rows as (
    select *
    from counted
    where
        row_count <> 1
        or dated_rows <> 1
        or bounded_rows <> 1
)

select * from offending_rows
