with

clocks as (
    select * from {{ ref('int_ticket_clocks_timed') }}
),

longest_waits as (
    select
        created_month,
        sla_measure,
        max(case when is_reached then calendar_hours else 0 end) as longest_hours
    from clocks
    group by created_month, sla_measure
),

-- Whoever has waited longer than all who are done counts among them to the last, and no longer.
waits_asked_for as (
    select
        clocks.*,
        least(clocks.calendar_hours, longest_waits.longest_hours) as wait_hours
    from clocks
    inner join longest_waits
        on
            clocks.created_month = longest_waits.created_month
            and clocks.sla_measure = longest_waits.sla_measure
),

ticket_waits as (
    select
        ---------- ids
        ticket_id,
        ---------- strings
        sla_measure,
        ---------- numbers
        wait_hours,
        ---------- booleans
        is_reached,
        ---------- dates
        created_month
    from waits_asked_for
)

select * from ticket_waits
