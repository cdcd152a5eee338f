with

clocks as (
    select * from {{ ref('int_ticket_clocks_timed') }}
),

business_days as (
    select * from {{ ref('int_business_days') }}
),

breached_clocks as (
    select *
    from clocks
    where is_breached
),

-- Targets and days on one scale, the open time of the calendar: a target falls on the last day that is not later.
-- Closed days stand where the next open one stands, which is a later date.
placed_targets as (
    select
        ticket_id,
        sla_measure,
        calendar_id,
        started_open_microseconds + target_microseconds as open_position,
        cast(null as date) as date
    from breached_clocks
    where sla_clock = 'business'

    union all

    select
        cast(null as {{ text_type() }}) as ticket_id,
        cast(null as {{ text_type() }}) as sla_measure,
        calendar_id,
        open_microseconds_before as open_position,
        date
    from business_days
),

dated_targets as (
    select
        ticket_id,
        sla_measure,
        calendar_id,
        open_position,
        max(date) over (
            partition by calendar_id
            order by open_position
        ) as target_date
    from placed_targets
),

breaches as (
    select
        dated_targets.ticket_id,
        dated_targets.sla_measure,
        {{ add_microseconds(
            'business_days.day_opens_at', 'dated_targets.open_position - business_days.open_microseconds_before'
        ) }} as breached_at
    from dated_targets
    inner join business_days
        on
            dated_targets.calendar_id = business_days.calendar_id
            and dated_targets.target_date = business_days.date
    where dated_targets.ticket_id is not null

    union all

    select
        ticket_id,
        sla_measure,
        {{ add_microseconds('started_at', 'target_microseconds') }} as breached_at
    from breached_clocks
    where sla_clock = 'calendar'
),

ticket_breaches as (
    select
        ---------- ids
        ticket_id,
        ---------- strings
        sla_measure,
        ---------- timestamps
        cast(breached_at as timestamp) as breached_at
    from breaches
)

select * from ticket_breaches
