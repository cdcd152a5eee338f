with

calendars as (
    select * from {{ ref('business_calendars') }}
),

opening_times as (
    select * from {{ ref('business_hours') }}
),

holidays as (
    select * from {{ ref('holidays') }}
),

days as (
    select * from {{ ref('int_calendar_days') }}
),

clocks as (
    select * from {{ ref('int_ticket_clocks') }}
),

-- Some days more at each end: somewhere it is still the day before, or the day after already. Up to
-- the end of a month, so that the days do not become other ones daily.
clock_span as (
    select
        {{ add_days('cast(min(started_at) as date)', -1) }} as first_date,
        {{ month_end(add_days('cast(max(ended_at) as date)', 15)) }} as last_date
    from clocks
),

calendar_days as (
    select
        calendars.calendar_id,
        calendars.time_zone,
        calendars.holiday_region,
        days.date,
        {{ weekday_number('days.date') }} as day_of_week
    from days
    inner join clock_span
        on
            days.date >= clock_span.first_date
            and days.date <= clock_span.last_date
    cross join calendars
),

open_days as (
    select
        calendar_days.calendar_id,
        calendar_days.date,
        {{ local_time_utc(
            'calendar_days.date', 'opening_times.opens_at', 'calendar_days.time_zone'
        ) }} as day_opens_at,
        {{ local_time_utc(
            'calendar_days.date', 'opening_times.closes_at', 'calendar_days.time_zone'
        ) }} as day_closes_at
    from calendar_days
    inner join opening_times
        on
            calendar_days.calendar_id = opening_times.calendar_id
            and calendar_days.day_of_week = opening_times.weekday
    left join holidays
        on
            calendar_days.holiday_region = holidays.holiday_region
            and calendar_days.date = holidays.holiday_date
    where holidays.holiday_date is null
),

measured_days as (
    select
        calendar_days.calendar_id,
        calendar_days.date,
        open_days.day_opens_at,
        open_days.day_closes_at,
        coalesce(
            {{ microseconds_between('open_days.day_opens_at', 'open_days.day_closes_at') }}, 0
        ) as open_microseconds
    from calendar_days
    left join open_days
        on
            calendar_days.calendar_id = open_days.calendar_id
            and calendar_days.date = open_days.date
),

business_days as (
    select
        ---------- ids
        calendar_id,
        ---------- numbers
        cast(open_microseconds as bigint) as open_microseconds,
        cast(
            sum(open_microseconds) over (
                partition by calendar_id
                order by date
                rows between unbounded preceding and current row
            ) - open_microseconds as bigint
        ) as open_microseconds_before,
        ---------- dates
        date,
        ---------- timestamps
        day_opens_at,
        day_closes_at
    from measured_days
)

select * from business_days
