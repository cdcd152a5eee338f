with

tickets as (
    select * from {{ ref('int_tickets_current') }}
),

clocks as (
    select * from {{ ref('int_ticket_clocks_timed') }}
),

breaches as (
    select * from {{ ref('int_ticket_breaches') }}
),

response_clocks as (
    select *
    from clocks
    where sla_measure = 'first_response'
),

resolution_clocks as (
    select *
    from clocks
    where sla_measure = 'resolution'
),

first_breaches as (
    select
        ticket_id,
        min(breached_at) as sla_breached_at
    from breaches
    group by ticket_id
),

ticket_facts as (
    select
        ---------- ids
        tickets.ticket_id,
        tickets.account_id,
        tickets.requester_user_id,
        tickets.merged_into_ticket_id,
        ---------- strings
        tickets.priority,
        tickets.category,
        tickets.channel,
        response_clocks.sla_clock as first_response_clock,
        resolution_clocks.sla_clock as resolution_clock,
        ---------- numbers
        case when response_clocks.is_reached then response_clocks.calendar_hours end as first_response_hours,
        case when resolution_clocks.is_reached then resolution_clocks.calendar_hours end as resolution_hours,
        case when response_clocks.is_reached then response_clocks.business_hours end as first_response_business_hours,
        case when resolution_clocks.is_reached then resolution_clocks.business_hours end as resolution_business_hours,
        response_clocks.target_hours as first_response_target_hours,
        resolution_clocks.target_hours as resolution_target_hours,
        tickets.reopened_count,
        tickets.csat_score,
        ---------- booleans
        tickets.solved_at is null as is_open,
        tickets.is_escalated,
        tickets.reopened_count > 0 as is_reopened,
        tickets.merged_into_ticket_id is null and not tickets.is_spam and not tickets.is_account_internal as is_counted,
        response_clocks.is_breached as is_first_response_breached,
        resolution_clocks.is_breached as is_resolution_breached,
        response_clocks.is_breached or resolution_clocks.is_breached as is_sla_breached,
        ---------- dates
        {{ reporting_date('tickets.created_at') }} as created_date,
        {{ reporting_date('tickets.solved_at') }} as solved_date,
        {{ reporting_date('coalesce(tickets.csat_at, tickets.solved_at, tickets.created_at)') }} as csat_date,
        {{ reporting_date('first_breaches.sla_breached_at') }} as sla_breached_date,
        ---------- timestamps
        tickets.created_at,
        tickets.first_response_at,
        tickets.solved_at,
        first_breaches.sla_breached_at
    from tickets
    inner join response_clocks
        on tickets.ticket_id = response_clocks.ticket_id
    inner join resolution_clocks
        on tickets.ticket_id = resolution_clocks.ticket_id
    left join first_breaches
        on tickets.ticket_id = first_breaches.ticket_id
)

select * from ticket_facts
