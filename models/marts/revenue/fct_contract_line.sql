with

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

contract_lines as (
    select
        ---------- ids
        lines.contract_line_id,
        lines.contract_id,
        lines.account_id,
        lines.product_id,
        lines.renewed_from_contract_id,
        ---------- strings
        lines.line_type,
        lines.currency,
        lines.cancel_type,
        lines.cancel_reason,
        ---------- numbers
        lines.quantity,
        lines.unit_price,
        lines.discount_pct,
        lines.local_mrr,
        ---------- booleans
        lines.is_internal,
        lines.line_start_date <= as_of.as_of_date
        and coalesce(as_of.as_of_date < lines.effective_end_date, true) as is_in_force,
        ---------- dates
        lines.line_start_date as start_date,
        lines.end_date,
        lines.effective_end_date,
        lines.paused_from,
        lines.paused_until,
        {{ reporting_date('lines.cancel_notice_at') }} as notice_date
    from lines
    cross join as_of
    where lines.is_last_term
)

select * from contract_lines
