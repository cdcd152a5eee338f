with

changes as (
    select * from {{ ref('int_support_changes') }}
),

medians as (
    select * from {{ ref('int_support_medians') }}
),

survival as (
    select * from {{ ref('int_support_survival') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

adoption_totals as (
    select * from {{ ref('int_adoption_totals') }}
),

-- Splits of tickets are none of accounts: they have the months of the total, and no seats.
ticket_values as (
    select distinct
        dimension,
        dimension_value
    from changes
    where dimension in ('priority', 'category')
),

split_months as (
    select
        month,
        dimension,
        dimension_value,
        is_complete
    from dimension_months

    union all

    select
        dimension_months.month,
        ticket_values.dimension,
        ticket_values.dimension_value,
        dimension_months.is_complete
    from dimension_months
    cross join ticket_values
    where dimension_months.dimension = 'all'
),

running_months as (
    select
        split_months.*,
        coalesce(changes.tickets_created, 0) as tickets_created,
        coalesce(changes.tickets_escalated, 0) as tickets_escalated,
        coalesce(changes.tickets_sla_breached, 0) as tickets_sla_breached,
        coalesce(changes.tickets_solved, 0) as tickets_solved,
        coalesce(changes.tickets_reopened, 0) as tickets_reopened,
        coalesce(changes.csat_n, 0) as csat_n,
        coalesce(changes.csat_satisfied, 0) as csat_satisfied,
        sum(coalesce(changes.backlog_change, 0)) over (
            partition by split_months.dimension, split_months.dimension_value
            order by split_months.month
            rows between unbounded preceding and current row
        ) as backlog,
        sum(coalesce(changes.open_sla_breach_change, 0)) over (
            partition by split_months.dimension, split_months.dimension_value
            order by split_months.month
            rows between unbounded preceding and current row
        ) as open_sla_breaches
    from split_months
    left join changes
        on
            split_months.month = changes.month
            and split_months.dimension = changes.dimension
            and split_months.dimension_value = changes.dimension_value
),

support_totals as (
    select
        ---------- strings
        running_months.dimension,
        running_months.dimension_value,
        ---------- numbers
        cast(running_months.tickets_created as integer) as tickets_created,
        cast(running_months.tickets_solved as integer) as tickets_solved,
        cast(running_months.backlog as integer) as backlog,
        medians.first_response_hours_median,
        survival.first_response_hours_km_median,
        medians.first_response_business_hours_median,
        medians.resolution_hours_median,
        survival.resolution_hours_km_median,
        medians.resolution_business_hours_median,
        cast(running_months.tickets_sla_breached as integer) as tickets_sla_breached,
        {{ ratio('running_months.tickets_sla_breached', 'running_months.tickets_created') }} as sla_breach_rate,
        cast(running_months.open_sla_breaches as integer) as open_sla_breaches,
        cast(running_months.tickets_reopened as integer) as tickets_reopened,
        {{ ratio('running_months.tickets_reopened', 'running_months.tickets_solved') }} as reopen_rate,
        cast(running_months.tickets_escalated as integer) as tickets_escalated,
        {{ ratio('running_months.tickets_escalated', 'running_months.tickets_created') }} as escalation_rate,
        cast(running_months.csat_satisfied as integer) as csat_satisfied,
        cast(running_months.csat_n as integer) as csat_n,
        {{ ratio('running_months.csat_satisfied', 'running_months.csat_n') }} as csat,
        adoption_totals.licensed_seats,
        {{ ratio('100 * running_months.tickets_created', 'adoption_totals.licensed_seats') }} as tickets_per_100_seats,
        ---------- booleans
        running_months.is_complete,
        ---------- dates
        running_months.month
    from running_months
    left join medians
        on
            running_months.month = medians.month
            and running_months.dimension = medians.dimension
            and running_months.dimension_value = medians.dimension_value
    left join survival
        on
            running_months.month = survival.month
            and running_months.dimension = survival.dimension
            and running_months.dimension_value = survival.dimension_value
    left join adoption_totals
        on
            running_months.month = adoption_totals.month
            and running_months.dimension = adoption_totals.dimension
            and running_months.dimension_value = adoption_totals.dimension_value
)

select * from support_totals
