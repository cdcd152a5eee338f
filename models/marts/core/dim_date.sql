with

days as (
    select * from {{ ref('int_calendar_days') }}
),

months as (
    select * from {{ ref('int_months') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

known_dates as (
    select
        ---------- numbers
        cast(extract(year from days.date) as integer) as year,
        cast(extract(quarter from days.date) as integer) as quarter,
        cast(extract(month from days.date) as integer) as month_of_year,
        ---------- booleans
        days.date = {{ month_end('days.date') }} as is_month_end,
        observation_dates.date is not null as is_observation_date,
        ---------- dates
        days.date,
        months.month
    from days
    inner join months
        on {{ month_start('days.date') }} = months.month
    left join observation_dates
        on days.date = observation_dates.date
)

select * from known_dates
