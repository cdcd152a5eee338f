with

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

subscribed_lines as (
    select lines.*
    from lines
    cross join as_of
    where
        lines.is_recurring
        and not lines.is_internal
        and lines.quantity > 0
        and lines.is_ever_in_force
        and lines.start_date <= as_of.as_of_date
),

-- A discount lasts for ever on an open-ended line only; elsewhere it ends with the line.
billing_lines as (
    select
        ---------- ids
        contract_line_id,
        account_id,
        ---------- strings
        currency,
        ---------- numbers
        local_mrr,
        case
            when end_date is null then local_mrr
            else {{ line_mrr('unit_price', 'quantity', '0', 'months_numerator', 'months_denominator') }}
        end as lasting_local_mrr,
        ---------- dates
        start_date as billed_from,
        coalesce(effective_end_date, {{ far_future() }}) as billed_to,
        coalesce(paused_from, {{ far_future() }}) as on_hold_from,
        coalesce(paused_until, {{ far_future() }}) as on_hold_to,
        min(start_date) over (partition by account_id) as first_billed_date
    from subscribed_lines
)

select * from billing_lines
