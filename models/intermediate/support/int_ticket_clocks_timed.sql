with

clocks as (
    select * from {{ ref('int_ticket_clocks') }}
),

calendars as (
    select * from {{ ref('business_calendars') }}
),

business_days as (
    select * from {{ ref('int_business_days') }}
),

local_clocks as (
    select
        clocks.*,
        {{ local_date('clocks.started_at', 'calendars.time_zone') }} as started_date,
        {{ local_date('clocks.ended_at', 'calendars.time_zone') }} as ended_date
    from clocks
    inner join calendars
        on clocks.calendar_id = calendars.calendar_id
),

placed_clocks as (
    select
        local_clocks.*,
        {{ microseconds_between('local_clocks.started_at', 'local_clocks.ended_at') }} as calendar_microseconds,
        {{ open_microseconds_until('local_clocks.started_at', 'start_days') }} as started_open_microseconds,
        {{ open_microseconds_until('local_clocks.ended_at', 'end_days') }} as ended_open_microseconds
    from local_clocks
    left join business_days as start_days
        on
            local_clocks.calendar_id = start_days.calendar_id
            and local_clocks.started_date = start_days.date
    left join business_days as end_days
        on
            local_clocks.calendar_id = end_days.calendar_id
            and local_clocks.ended_date = end_days.date
),

measured_clocks as (
    select
        *,
        ended_open_microseconds - started_open_microseconds as business_microseconds
    from placed_clocks
),

elapsed_clocks as (
    select
        *,
        case sla_clock
            when 'calendar' then calendar_microseconds
            else business_microseconds
        end as elapsed_microseconds
    from measured_clocks
),

timed_clocks as (
    select
        ---------- ids
        ticket_id,
        account_id,
        calendar_id,
        ---------- strings
        sla_measure,
        sla_clock,
        ---------- numbers
        target_hours,
        target_microseconds,
        cast(started_open_microseconds as bigint) as started_open_microseconds,
        cast({{ hours_of('calendar_microseconds') }} as {{ double_type() }}) as calendar_hours,
        cast({{ hours_of('business_microseconds') }} as {{ double_type() }}) as business_hours,
        ---------- booleans
        is_reached,
        coalesce(elapsed_microseconds > target_microseconds, false) as is_breached,
        ---------- dates
        created_month,
        ---------- timestamps
        started_at,
        ended_at
    from elapsed_clocks
)

select * from timed_clocks
