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

-- A stretch of terms that moves the end of the one before it: what was to end then is due all the same.
extensions as (
    select
        contract_line_id,
        start_date,
        extends_end_date
    from customer_lines
    where extends_end_date is not null
),

ending_lines as (
    select
        customer_lines.*,
        row_number() over (
            partition by customer_lines.contract_line_id, customer_lines.end_date
            order by customer_lines.start_date desc
        ) as place_from_last
    from customer_lines
    cross join as_of
    left join amendments
        on
            customer_lines.account_id = amendments.account_id
            and customer_lines.contract_id = amendments.contract_id
            and customer_lines.effective_end_date = amendments.start_date
    left join extensions
        on
            customer_lines.contract_line_id = extensions.contract_line_id
            and customer_lines.effective_end_date = extensions.start_date
            and customer_lines.end_date = extensions.extends_end_date
    where
        customer_lines.end_date <= {{ add_days('as_of.as_of_date', 90) }}
        and (amendments.account_id is null or extensions.contract_line_id is not null)
),

-- An end that was moved away and back is due once, with the last terms.
due_lines as (
    select
        ---------- ids
        contract_line_id,
        contract_id,
        account_id,
        product_id,
        ---------- strings
        currency,
        ---------- numbers
        local_mrr,
        ---------- dates
        start_date,
        end_date as due_date
    from ending_lines
    where place_from_last = 1
)

select * from due_lines
