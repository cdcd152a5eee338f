with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

months as (
    select * from {{ ref('int_months') }}
),

counted_tickets as (
    select
        *,
        coalesce(category, '(none)') as category_value
    from tickets
    where is_counted
),

-- What happens to a ticket, one row each. A breach that came after the solution ends as it begins.
ticket_events as (
    select
        *,
        'created' as ticket_event,
        created_date as event_date
    from counted_tickets

    union all

    select
        *,
        'solved' as ticket_event,
        solved_date as event_date
    from counted_tickets
    where solved_date is not null

    union all

    select
        *,
        'scored' as ticket_event,
        csat_date as event_date
    from counted_tickets
    where csat_score is not null

    union all

    select
        *,
        'breached' as ticket_event,
        sla_breached_date as event_date
    from counted_tickets
    where sla_breached_date is not null

    union all

    select
        *,
        'breach_ended' as ticket_event,
        greatest(solved_date, sla_breached_date) as event_date
    from counted_tickets
    where
        solved_date is not null
        and sla_breached_date is not null
),

first_month as (
    select min(month) as first_month
    from months
),

-- What happened before the first month is not shown, but what it left open is.
dated_events as (
    select
        ticket_events.*,
        greatest({{ month_start('ticket_events.event_date') }}, first_month.first_month) as month,
        {{ month_start('ticket_events.event_date') }} >= first_month.first_month as is_shown
    from ticket_events
    cross join first_month
),

ticket_months as (
    select
        ---------- ids
        account_id,
        ---------- strings
        priority,
        category_value,
        ---------- numbers
        cast(count(case when is_shown and ticket_event = 'created' then 1 end) as integer) as tickets_created,
        cast(count(case when is_shown and ticket_event = 'created' and is_escalated then 1 end) as integer)
            as tickets_escalated,
        cast(count(case when is_shown and ticket_event = 'created' and is_sla_breached then 1 end) as integer)
            as tickets_sla_breached,
        cast(count(case when is_shown and ticket_event = 'solved' then 1 end) as integer) as tickets_solved,
        cast(count(case when is_shown and ticket_event = 'solved' and is_reopened then 1 end) as integer)
            as tickets_reopened,
        cast(count(case when is_shown and ticket_event = 'scored' then 1 end) as integer) as csat_n,
        cast(count(case when is_shown and ticket_event = 'scored' and csat_score >= 4 then 1 end) as integer)
            as csat_satisfied,
        cast(
            count(case when ticket_event = 'created' then 1 end) - count(case when ticket_event = 'solved' then 1 end)
            as integer
        ) as backlog_change,
        cast(
            count(case when ticket_event = 'breached' then 1 end)
            - count(case when ticket_event = 'breach_ended' then 1 end)
            as integer
        ) as open_sla_breach_change,
        ---------- dates
        month
    from dated_events
    group by account_id, priority, category_value, month
)

select * from ticket_months
