with

support_totals as (
    select * from {{ ref('int_support_totals') }}
),

support_monthly as (
    select
        ---------- numbers
        tickets_created,
        tickets_solved,
        backlog,
        first_response_hours_median,
        first_response_hours_km_median,
        first_response_business_hours_median,
        resolution_hours_median,
        resolution_hours_km_median,
        resolution_business_hours_median,
        tickets_sla_breached,
        sla_breach_rate,
        open_sla_breaches,
        tickets_reopened,
        reopen_rate,
        tickets_escalated,
        escalation_rate,
        csat_satisfied,
        csat_n,
        csat,
        licensed_seats,
        tickets_per_100_seats,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from support_totals
    where dimension = 'all'
)

select * from support_monthly
