with

account_month_support as (
    select * from {{ ref('int_account_month_support') }}
),

tickets as (
    select * from {{ ref('fct_ticket') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

adoption_totals as (
    select * from {{ ref('int_adoption_totals') }}
),

dimension_totals as (
    select
        account_month_support.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(account_month_support.tickets_created) as tickets_created,
        sum(account_month_support.tickets_escalated) as tickets_escalated,
        sum(account_month_support.tickets_solved) as tickets_solved,
        sum(account_month_support.tickets_reopened) as tickets_reopened,
        sum(account_month_support.csat_n) as csat_n,
        sum(account_month_support.csat_satisfied) as csat_satisfied,
        sum(account_month_support.backlog) as backlog
    from account_month_support
    inner join dimensions
        on account_month_support.account_id = dimensions.account_id
    group by
        account_month_support.month,
        dimensions.dimension,
        dimensions.dimension_value
),

-- A median over tickets is no sum over accounts.
solved_medians as (
    select
        {{ month_start('tickets.solved_date') }} as month,
        dimensions.dimension,
        dimensions.dimension_value,
        percentile_cont(0.5) within group (order by tickets.first_response_hours) as first_response_hours_median,
        percentile_cont(0.5) within group (order by tickets.resolution_hours) as resolution_hours_median
    from tickets
    inner join dimensions
        on tickets.account_id = dimensions.account_id
    where
        tickets.is_counted
        and tickets.solved_date is not null
    group by
        {{ month_start('tickets.solved_date') }},
        dimensions.dimension,
        dimensions.dimension_value
),

support_totals as (
    select
        ---------- strings
        dimension_months.dimension,
        dimension_months.dimension_value,
        ---------- numbers
        cast(coalesce(dimension_totals.tickets_created, 0) as integer) as tickets_created,
        cast(coalesce(dimension_totals.tickets_solved, 0) as integer) as tickets_solved,
        cast(coalesce(dimension_totals.backlog, 0) as integer) as backlog,
        cast(solved_medians.first_response_hours_median as {{ double_type() }}) as first_response_hours_median,
        cast(solved_medians.resolution_hours_median as {{ double_type() }}) as resolution_hours_median,
        cast(coalesce(dimension_totals.tickets_reopened, 0) as integer) as tickets_reopened,
        {{ ratio('dimension_totals.tickets_reopened', 'dimension_totals.tickets_solved') }} as reopen_rate,
        cast(coalesce(dimension_totals.tickets_escalated, 0) as integer) as tickets_escalated,
        {{ ratio('dimension_totals.tickets_escalated', 'dimension_totals.tickets_created') }} as escalation_rate,
        cast(coalesce(dimension_totals.csat_satisfied, 0) as integer) as csat_satisfied,
        cast(coalesce(dimension_totals.csat_n, 0) as integer) as csat_n,
        {{ ratio('dimension_totals.csat_satisfied', 'dimension_totals.csat_n') }} as csat,
        adoption_totals.licensed_seats,
        {{ ratio(
            '100 * coalesce(dimension_totals.tickets_created, 0)', 'adoption_totals.licensed_seats'
        ) }} as tickets_per_100_seats,
        ---------- booleans
        dimension_months.is_complete,
        ---------- dates
        dimension_months.month
    from dimension_months
    left join dimension_totals
        on
            dimension_months.month = dimension_totals.month
            and dimension_months.dimension = dimension_totals.dimension
            and dimension_months.dimension_value = dimension_totals.dimension_value
    left join solved_medians
        on
            dimension_months.month = solved_medians.month
            and dimension_months.dimension = solved_medians.dimension
            and dimension_months.dimension_value = solved_medians.dimension_value
    left join adoption_totals
        on
            dimension_months.month = adoption_totals.month
            and dimension_months.dimension = adoption_totals.dimension
            and dimension_months.dimension_value = adoption_totals.dimension_value
)

select * from support_totals
