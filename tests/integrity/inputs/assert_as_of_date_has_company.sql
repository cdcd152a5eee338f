with

candidates as (
    select * from {{ ref('int_as_of_candidates') }}
),

latest as (
    select *
    from candidates
    where candidate_rank = 1
),

next_earlier as (
    select *
    from candidates
    where candidate_rank = 2
),

-- A day that was asked for needs no company.
lonely_dates as (
    select
        latest.source,
        latest.column_name,
        latest.source_file,
        latest.source_row_number,
        latest.candidate_rank,
        latest.as_of_candidate,
        next_earlier.as_of_candidate as next_earlier_date
    from latest
    inner join next_earlier
        on {{ days_between('next_earlier.as_of_candidate', 'latest.as_of_candidate') }} > 7
    where '{{ var("as_of_date") or "" }}' = ''
)

select * from lonely_dates
