with

accounts as (
    select * from {{ ref('dim_account') }}
),

tickets as (
    select * from {{ ref('fct_ticket') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

recent_tickets as (
    select
        tickets.*,
        {{ days_between('tickets.created_date', 'as_of.as_of_date') }} < 90 as is_created_90d,
        {{ days_between('tickets.solved_date', 'as_of.as_of_date') }} < 90 as is_solved_90d,
        {{ days_between('tickets.csat_date', 'as_of.as_of_date') }} < 90
        and tickets.csat_score is not null as is_scored_90d
    from tickets
    cross join as_of
    where tickets.is_counted
),

ticket_totals as (
    select
        account_id,
        count(case when is_open then 1 end) as open_tickets,
        count(case when is_created_90d then 1 end) as tickets_90d,
        count(case when is_created_90d and is_sla_breached then 1 end) as sla_breaches_90d,
        count(case when is_created_90d and is_escalated then 1 end) as escalated_90d,
        count(case when is_solved_90d and is_reopened then 1 end) as reopened_90d,
        percentile_cont(0.5) within group (
            order by case when is_solved_90d then first_response_hours end
        ) as first_response_hours_median_90d,
        count(case when is_scored_90d then 1 end) as csat_n_90d,
        count(case when is_scored_90d and csat_score >= 4 then 1 end) as csat_satisfied_90d
    from recent_tickets
    group by account_id
),

-- The help desk is a required source: an account without a ticket has none, which is data.
customer_tickets as (
    select
        accounts.account_id,
        accounts.is_internal,
        ticket_totals.first_response_hours_median_90d,
        ticket_totals.csat_satisfied_90d,
        coalesce(ticket_totals.open_tickets, 0) as open_tickets,
        coalesce(ticket_totals.tickets_90d, 0) as tickets_90d,
        coalesce(ticket_totals.sla_breaches_90d, 0) as sla_breaches_90d,
        coalesce(ticket_totals.escalated_90d, 0) as escalated_90d,
        coalesce(ticket_totals.reopened_90d, 0) as reopened_90d,
        coalesce(ticket_totals.csat_n_90d, 0) as csat_n_90d
    from accounts
    left join ticket_totals
        on accounts.account_id = ticket_totals.account_id
),

account_support as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(case when is_internal then 'not_applicable' else 'ok' end as {{ text_type() }}) as support_state,
        ---------- numbers
        cast(case when not is_internal then open_tickets end as integer) as open_tickets,
        cast(case when not is_internal then tickets_90d end as integer) as tickets_90d,
        cast(case when not is_internal then sla_breaches_90d end as integer) as sla_breaches_90d,
        cast(case when not is_internal then escalated_90d end as integer) as escalated_90d,
        cast(case when not is_internal then reopened_90d end as integer) as reopened_90d,
        cast(first_response_hours_median_90d as {{ double_type() }}) as first_response_hours_median_90d,
        cast(case when not is_internal then csat_n_90d end as integer) as csat_n_90d,
        {{ ratio('csat_satisfied_90d', 'csat_n_90d') }} as csat_90d
    from customer_tickets
)

select * from account_support
