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
turned_lines as (
    select
        closing.*,
        case when closing.is_paused then closing.unpaused_local_mrr else 0 end as paused_local_mrr,
        case when opening.is_paused then closing.unpaused_local_mrr else 0 end as resumed_local_mrr
    from pausable_line_months as closing
    inner join pausable_line_months as opening
        on
            closing.contract_line_id = opening.contract_line_id
            and closing.known_on = opening.known_on
            and closing.month_index = opening.month_index + 1
    where closing.is_paused <> opening.is_paused
),

pause_changes as (
    select
        ---------- ids
        account_id,
        product_id,
        ---------- strings
        currency,
        ---------- numbers
        month_index,
        {{ money('sum(paused_local_mrr)') }} as paused_local_mrr,
        {{ money('sum(resumed_local_mrr)') }} as resumed_local_mrr,
        ---------- booleans
        is_current,
        ---------- dates
        known_on
    from turned_lines
    group by account_id, known_on, is_current, month_index, product_id, currency
)

select * from pause_changes
