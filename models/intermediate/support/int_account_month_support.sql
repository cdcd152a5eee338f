with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

months as (
    select * from {{ ref('int_months') }}
),

counted_tickets as (
    select *
    from tickets
    where is_counted
),

-- One row per ticket and what happened to it: a ticket counts in up to four ways.
ticket_months as (
    select
        account_id,
        {{ month_start('created_date') }} as month,
        1 as tickets_created,
        case when is_escalated then 1 else 0 end as tickets_escalated,
        0 as tickets_solved,
        0 as tickets_reopened,
        0 as csat_n,
        0 as csat_satisfied,
        0 as backlog
    from counted_tickets

    union all

    select
        account_id,
        {{ month_start('solved_date') }} as month,
        0 as tickets_created,
        0 as tickets_escalated,
        1 as tickets_solved,
        case when is_reopened then 1 else 0 end as tickets_reopened,
        0 as csat_n,
        0 as csat_satisfied,
        0 as backlog
    from counted_tickets

    union all

    select
        account_id,
        {{ month_start('csat_date') }} as month,
        0 as tickets_created,
        0 as tickets_escalated,
        0 as tickets_solved,
        0 as tickets_reopened,
        1 as csat_n,
        case when csat_score >= 4 then 1 else 0 end as csat_satisfied,
        0 as backlog
    from counted_tickets
    where csat_score is not null

    union all

    select
        counted_tickets.account_id,
        months.month,
        0 as tickets_created,
        0 as tickets_escalated,
        0 as tickets_solved,
        0 as tickets_reopened,
        0 as csat_n,
        0 as csat_satisfied,
        1 as backlog
    from counted_tickets
    inner join months
        on
            counted_tickets.created_date <= months.state_date
            and (counted_tickets.solved_date is null or counted_tickets.solved_date > months.state_date)
),

account_month_support as (
    select
        ---------- ids
        ticket_months.account_id,
        ---------- numbers
        cast(sum(ticket_months.tickets_created) as integer) as tickets_created,
        cast(sum(ticket_months.tickets_escalated) as integer) as tickets_escalated,
        cast(sum(ticket_months.tickets_solved) as integer) as tickets_solved,
        cast(sum(ticket_months.tickets_reopened) as integer) as tickets_reopened,
        cast(sum(ticket_months.csat_n) as integer) as csat_n,
        cast(sum(ticket_months.csat_satisfied) as integer) as csat_satisfied,
        cast(sum(ticket_months.backlog) as integer) as backlog,
        ---------- dates
        ticket_months.month
    from ticket_months
    inner join months
        on ticket_months.month = months.month
    group by ticket_months.account_id, ticket_months.month
)

select * from account_month_support
