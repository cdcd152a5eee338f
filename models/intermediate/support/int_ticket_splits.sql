with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

counted_tickets as (
    select *
    from tickets
    where is_counted
),

ticket_dimensions as (
    select
        counted_tickets.ticket_id,
        counted_tickets.account_id,
        counted_tickets.created_date,
        counted_tickets.solved_date,
        dimensions.dimension,
        dimensions.dimension_value
    from counted_tickets
    inner join dimensions
        on counted_tickets.account_id = dimensions.account_id

    union all

    select
        ticket_id,
        account_id,
        created_date,
        solved_date,
        'priority' as dimension,
        priority as dimension_value
    from counted_tickets

    union all

    select
        ticket_id,
        account_id,
        created_date,
        solved_date,
        'category' as dimension,
        coalesce(category, '(none)') as dimension_value
    from counted_tickets
),

ticket_splits as (
    select
        ---------- ids
        ticket_id,
        account_id,
        ---------- strings
        cast(dimension as {{ text_type() }}) as dimension,
        dimension_value,
        ---------- dates
        {{ month_start('created_date') }} as created_month,
        {{ month_start('solved_date') }} as solved_month
    from ticket_dimensions
)

select * from ticket_splits
