with

ticket_months as (
    select * from {{ ref('int_ticket_months') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

split_months as (
    select
        dimensions.dimension,
        dimensions.dimension_value,
        ticket_months.*
    from ticket_months
    inner join dimensions
        on ticket_months.account_id = dimensions.account_id

    union all

    select
        'priority' as dimension,
        priority as dimension_value,
        ticket_months.*
    from ticket_months

    union all

    select
        'category' as dimension,
        category_value as dimension_value,
        ticket_months.*
    from ticket_months
),

support_changes as (
    select
        ---------- strings
        cast(dimension as {{ text_type() }}) as dimension,
        dimension_value,
        ---------- numbers
        cast(sum(tickets_created) as integer) as tickets_created,
        cast(sum(tickets_escalated) as integer) as tickets_escalated,
        cast(sum(tickets_sla_breached) as integer) as tickets_sla_breached,
        cast(sum(tickets_solved) as integer) as tickets_solved,
        cast(sum(tickets_reopened) as integer) as tickets_reopened,
        cast(sum(csat_n) as integer) as csat_n,
        cast(sum(csat_satisfied) as integer) as csat_satisfied,
        cast(sum(backlog_change) as integer) as backlog_change,
        cast(sum(open_sla_breach_change) as integer) as open_sla_breach_change,
        ---------- dates
        month
    from split_months
    group by dimension, dimension_value, month
)

select * from support_changes
