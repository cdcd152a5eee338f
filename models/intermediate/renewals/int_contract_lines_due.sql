with

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

customer_lines as (
    select *
    from lines
    where
        is_recurring
        and not is_internal
        and is_ever_in_force
),

-- A line that begins where another of its contract ends amends it.
amendments as (
    select distinct
        account_id,
        contract_id,
        start_date
    from customer_lines
),

due_lines as (
    select
        ---------- ids
        customer_lines.contract_line_id,
        customer_lines.contract_id,
        customer_lines.account_id,
        customer_lines.product_id,
        ---------- strings
        customer_lines.currency,
        ---------- numbers
        customer_lines.local_mrr,
        ---------- dates
        customer_lines.start_date,
        customer_lines.end_date as due_date
    from customer_lines
    cross join as_of
    left join amendments
        on
            customer_lines.account_id = amendments.account_id
            and customer_lines.contract_id = amendments.contract_id
            and customer_lines.effective_end_date = amendments.start_date
    where
        customer_lines.end_date <= {{ add_days('as_of.as_of_date', 90) }}
        and amendments.account_id is null
)

select * from due_lines
