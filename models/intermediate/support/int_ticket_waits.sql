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
ticket_waits as (
    select
        ---------- ids
        clocks.ticket_id,
        ---------- strings
        clocks.sla_measure,
        ---------- numbers
        least(clocks.calendar_hours, longest_waits.longest_hours) as wait_hours,
        ---------- booleans
        clocks.is_reached,
        ---------- dates
        clocks.created_month
    from clocks
    inner join longest_waits
        on
            clocks.created_month = longest_waits.created_month
            and clocks.sla_measure = longest_waits.sla_measure
)

select * from ticket_waits
