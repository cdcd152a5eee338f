with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

wrong_tickets as (
    select
        ticket_id,
        is_sla_breached,
        created_at,
        sla_breached_at
    from tickets
    where
        is_sla_breached <> (sla_breached_at is not null)
        or sla_breached_at < created_at
)

select * from wrong_tickets
