with

line_months as (
    select * from {{ ref('int_line_months') }}
),

paused_lines as (
    select distinct contract_line_id
    from line_months
    where is_paused
),

pausable_line_months as (
    select line_months.*
    from line_months
    inner join paused_lines
        on line_months.contract_line_id = paused_lines.contract_line_id
),

-- A line counts as paused or resumed only when it is in force at both month ends.
pause_changes as (
    select
        closing.account_id,
        closing.known_on,
        closing.month_index,
        closing.product_id,
        closing.currency,
        sum(
            case when closing.is_paused and not opening.is_paused then closing.unpaused_local_mrr else 0 end
        ) as paused_local_mrr,
        sum(
            case when opening.is_paused and not closing.is_paused then closing.unpaused_local_mrr else 0 end
        ) as resumed_local_mrr
    from pausable_line_months as closing
    inner join pausable_line_months as opening
        on
            closing.contract_line_id = opening.contract_line_id
            and closing.known_on = opening.known_on
            and closing.month_index = opening.month_index + 1
    group by
        closing.account_id,
        closing.known_on,
        closing.month_index,
        closing.product_id,
        closing.currency
),

month_ends as (
    select
        account_id,
        known_on,
        is_current,
        month_index,
        product_id,
        currency,
        sum(local_mrr) as local_mrr
    from line_months
    group by account_id, known_on, is_current, month_index, product_id, currency
),

account_product_months as (
    select
        ---------- ids
        month_ends.account_id,
        month_ends.product_id,
        ---------- strings
        month_ends.currency,
        ---------- numbers
        month_ends.month_index,
        {{ money('month_ends.local_mrr') }} as local_mrr,
        {{ money('coalesce(pause_changes.paused_local_mrr, 0)') }} as paused_local_mrr,
        {{ money('coalesce(pause_changes.resumed_local_mrr, 0)') }} as resumed_local_mrr,
        ---------- booleans
        month_ends.is_current,
        ---------- dates
        month_ends.known_on
    from month_ends
    left join pause_changes
        on
            month_ends.account_id = pause_changes.account_id
            and month_ends.known_on = pause_changes.known_on
            and month_ends.month_index = pause_changes.month_index
            and month_ends.product_id = pause_changes.product_id
            and month_ends.currency = pause_changes.currency
)

select * from account_product_months
