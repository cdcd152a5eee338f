with

clocks as (
    select * from {{ ref('int_ticket_clocks_timed') }}
),

wrong_clocks as (
    select
        ticket_id,
        sla_measure,
        calendar_hours,
        business_hours
    from clocks
    where business_hours > calendar_hours
)

select * from wrong_clocks
