with

waits as (
    select * from {{ ref('int_ticket_waits') }}
),

splits as (
    select * from {{ ref('int_ticket_splits') }}
),

duration_counts as (
    select
        splits.created_month,
        splits.dimension,
        splits.dimension_value,
        waits.sla_measure,
        waits.wait_hours,
        count(case when waits.is_reached then 1 end) as reached,
        count(*) as seen_tickets
    from splits
    inner join waits
        on splits.ticket_id = waits.ticket_id
    group by
        splits.created_month,
        splits.dimension,
        splits.dimension_value,
        waits.sla_measure,
        waits.wait_hours
),

risk_sets as (
    select
        *,
        sum(seen_tickets) over (
            partition by created_month, dimension, dimension_value, sla_measure
            order by wait_hours desc
            rows between unbounded preceding and current row
        ) as at_risk
    from duration_counts
),

-- Nobody is left waiting after a duration at which all at risk were done.
accumulated as (
    select
        *,
        reached = at_risk as is_over,
        sum(ln({{ ratio('nullif(at_risk - reached, 0)', 'at_risk') }})) over (
            partition by created_month, dimension, dimension_value, sla_measure
            order by wait_hours
            rows between unbounded preceding and current row
        ) as log_survival
    from risk_sets
),

-- A product of quotients that is one half comes out a hair beside it.
halved as (
    select *
    from accumulated
    where
        is_over
        or exp(log_survival) < 0.500000001
),

support_survival as (
    select
        ---------- strings
        dimension,
        dimension_value,
        ---------- numbers
        cast(
            min(case when sla_measure = 'first_response' then wait_hours end) as {{ double_type() }}
        ) as first_response_hours_km_median,
        cast(
            min(case when sla_measure = 'resolution' then wait_hours end) as {{ double_type() }}
        ) as resolution_hours_km_median,
        ---------- dates
        created_month as month
    from halved
    group by created_month, dimension, dimension_value
)

select * from support_survival
