with

ticket_months as (
    select * from {{ ref('int_ticket_months') }}
),

months as (
    select * from {{ ref('int_months') }}
),

account_changes as (
    select
        account_id,
        month,
        sum(tickets_created) as tickets_created,
        sum(tickets_escalated) as tickets_escalated,
        sum(tickets_sla_breached) as tickets_sla_breached,
        sum(tickets_solved) as tickets_solved,
        sum(tickets_reopened) as tickets_reopened,
        sum(csat_n) as csat_n,
        sum(csat_satisfied) as csat_satisfied,
        sum(backlog_change) as backlog_change,
        sum(open_sla_breach_change) as open_sla_breach_change
    from ticket_months
    group by account_id, month
),

account_months as (
    select distinct
        account_changes.account_id,
        months.month
    from account_changes
    cross join months
),

-- A month in which nothing happens has the backlog of the one before.
running_months as (
    select
        account_months.account_id,
        account_months.month,
        coalesce(account_changes.tickets_created, 0) as tickets_created,
        coalesce(account_changes.tickets_escalated, 0) as tickets_escalated,
        coalesce(account_changes.tickets_sla_breached, 0) as tickets_sla_breached,
        coalesce(account_changes.tickets_solved, 0) as tickets_solved,
        coalesce(account_changes.tickets_reopened, 0) as tickets_reopened,
        coalesce(account_changes.csat_n, 0) as csat_n,
        coalesce(account_changes.csat_satisfied, 0) as csat_satisfied,
        sum(coalesce(account_changes.backlog_change, 0)) over (
            partition by account_months.account_id
            order by account_months.month
            rows between unbounded preceding and current row
        ) as backlog,
        sum(coalesce(account_changes.open_sla_breach_change, 0)) over (
            partition by account_months.account_id
            order by account_months.month
            rows between unbounded preceding and current row
        ) as open_sla_breaches
    from account_months
    left join account_changes
        on
            account_months.account_id = account_changes.account_id
            and account_months.month = account_changes.month
),

account_month_support as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(tickets_created as integer) as tickets_created,
        cast(tickets_escalated as integer) as tickets_escalated,
        cast(tickets_sla_breached as integer) as tickets_sla_breached,
        cast(tickets_solved as integer) as tickets_solved,
        cast(tickets_reopened as integer) as tickets_reopened,
        cast(csat_n as integer) as csat_n,
        cast(csat_satisfied as integer) as csat_satisfied,
        cast(backlog as integer) as backlog,
        cast(open_sla_breaches as integer) as open_sla_breaches,
        ---------- dates
        month
    from running_months
    where tickets_created + tickets_solved + csat_n + backlog > 0
)

select * from account_month_support
