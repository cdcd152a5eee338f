with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

splits as (
    select * from {{ ref('int_ticket_splits') }}
),

split_tickets as (
    select
        splits.solved_month,
        splits.dimension,
        splits.dimension_value,
        tickets.first_response_hours,
        tickets.resolution_hours,
        tickets.first_response_business_hours,
        tickets.resolution_business_hours
    from splits
    inner join tickets
        on splits.ticket_id = tickets.ticket_id
    where splits.solved_month is not null
),

-- A median over tickets is no sum over accounts.
medians as (
    select
        solved_month,
        dimension,
        dimension_value,
        percentile_cont(0.5) within group (order by first_response_hours) as first_response,
        percentile_cont(0.5) within group (order by resolution_hours) as resolution,
        percentile_cont(0.5) within group (order by first_response_business_hours) as first_response_business,
        percentile_cont(0.5) within group (order by resolution_business_hours) as resolution_business
    from split_tickets
    group by solved_month, dimension, dimension_value
),

support_medians as (
    select
        ---------- strings
        dimension,
        dimension_value,
        ---------- numbers
        cast(first_response as {{ double_type() }}) as first_response_hours_median,
        cast(resolution as {{ double_type() }}) as resolution_hours_median,
        cast(first_response_business as {{ double_type() }}) as first_response_business_hours_median,
        cast(resolution_business as {{ double_type() }}) as resolution_business_hours_median,
        ---------- dates
        solved_month as month
    from medians
)

select * from support_medians
