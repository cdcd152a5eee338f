with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

months as (
    select * from {{ ref('int_months') }}
),

adoption as (
    select * from {{ ref('kpi_adoption_monthly') }}
),

counted_tickets as (
    select
        *,
        {{ month_start('created_date') }} as created_month,
        {{ month_start('solved_date') }} as solved_month,
        {{ month_start('csat_date') }} as csat_month
    from tickets
    where is_counted
),

created_totals as (
    select
        created_month,
        count(*) as tickets_created,
        sum(case when is_escalated then 1 else 0 end) as tickets_escalated
    from counted_tickets
    group by created_month
),

solved_totals as (
    select
        solved_month,
        count(*) as tickets_solved,
        sum(case when is_reopened then 1 else 0 end) as tickets_reopened,
        percentile_cont(0.5) within group (order by first_response_hours) as first_response_hours_median,
        percentile_cont(0.5) within group (order by resolution_hours) as resolution_hours_median
    from counted_tickets
    where solved_month is not null
    group by solved_month
),

scored_totals as (
    select
        csat_month,
        count(*) as csat_n,
        sum(case when csat_score >= 4 then 1 else 0 end) as csat_satisfied
    from counted_tickets
    where csat_score is not null
    group by csat_month
),

backlogs as (
    select
        months.month,
        count(*) as backlog
    from months
    inner join counted_tickets
        on
            months.state_date >= counted_tickets.created_date
            and (counted_tickets.solved_date is null or months.state_date < counted_tickets.solved_date)
    group by months.month
),

support_monthly as (
    select
        ---------- numbers
        cast(coalesce(created_totals.tickets_created, 0) as integer) as tickets_created,
        cast(coalesce(solved_totals.tickets_solved, 0) as integer) as tickets_solved,
        cast(coalesce(backlogs.backlog, 0) as integer) as backlog,
        cast(solved_totals.first_response_hours_median as double precision) as first_response_hours_median,
        cast(solved_totals.resolution_hours_median as double precision) as resolution_hours_median,
        cast(coalesce(solved_totals.tickets_reopened, 0) as integer) as tickets_reopened,
        {{ ratio('solved_totals.tickets_reopened', 'solved_totals.tickets_solved') }} as reopen_rate,
        cast(coalesce(created_totals.tickets_escalated, 0) as integer) as tickets_escalated,
        {{ ratio('created_totals.tickets_escalated', 'created_totals.tickets_created') }} as escalation_rate,
        cast(coalesce(scored_totals.csat_satisfied, 0) as integer) as csat_satisfied,
        cast(coalesce(scored_totals.csat_n, 0) as integer) as csat_n,
        {{ ratio('scored_totals.csat_satisfied', 'scored_totals.csat_n') }} as csat,
        adoption.licensed_seats,
        {{ ratio(
            '100 * coalesce(created_totals.tickets_created, 0)', 'adoption.licensed_seats'
        ) }} as tickets_per_100_seats,
        ---------- booleans
        months.is_complete,
        ---------- dates
        months.month
    from months
    left join created_totals
        on months.month = created_totals.created_month
    left join solved_totals
        on months.month = solved_totals.solved_month
    left join scored_totals
        on months.month = scored_totals.csat_month
    left join backlogs
        on months.month = backlogs.month
    left join adoption
        on months.month = adoption.month
)

select * from support_monthly
