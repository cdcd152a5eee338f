with

candidates as (
    select * from {{ ref('int_as_of_candidates') }}
),

latest_candidate as (
    select max(as_of_candidate) as latest_date
    from candidates
),

chosen as (
    select
        coalesce(
            {{ parse_date("cast('" ~ (var('as_of_date') or '') ~ "' as " ~ text_type() ~ ")") }},
            latest_date
        ) as as_of_date
    from latest_candidate
),

as_of as (
    select
        as_of_date,
        {{ start_of_day_utc(add_days('as_of_date', 1)) }} as as_of_end_at
    from chosen
)

select * from as_of
