with

days as (
    select * from {{ ref('int_calendar_days') }}
),

months as (
    select * from {{ ref('int_months') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

known_period as (
    select min(month) as first_date
    from months
),

observation_dates as (
    select
        ---------- booleans
        {{ is_sunday('days.date') }} as is_sunday,
        coalesce(months.month is not null, false) as is_month_end,
        days.date in (as_of.as_of_date, {{ add_days('as_of.as_of_date', -28) }}) as is_as_of,
        days.date > {{ add_days('as_of.as_of_date', -91) }}
        and (days.date = as_of.as_of_date or {{ is_sunday('days.date') }}) as is_recent,
        ---------- dates
        days.date,
        {{ add_days('days.date', -27) }} as window_start,
        {{ add_days('days.date', -55) }} as previous_window_start
    from days
    cross join as_of
    cross join known_period
    left join months
        on days.date = months.state_date
    where
        days.date >= known_period.first_date
        and days.date <= as_of.as_of_date
        and (
            {{ is_sunday('days.date') }}
            or months.month is not null
            or days.date = {{ add_days('as_of.as_of_date', -28) }}
        )
)

select * from observation_dates
