with

bands as (
    select * from {{ ref('backlog_age_bands') }}
),

placed_bands as (
    select
        age_band,
        min_age_days,
        max_age_days,
        lag(max_age_days) over (order by min_age_days) as max_age_days_before,
        lead(min_age_days) over (order by min_age_days) as min_age_days_after
    from bands
),

broken_bands as (
    select
        age_band,
        min_age_days,
        max_age_days
    from placed_bands
    where
        min_age_days <> coalesce(max_age_days_before + 1, 0)
        or (max_age_days is null) <> (min_age_days_after is null)
)

select * from broken_bands
