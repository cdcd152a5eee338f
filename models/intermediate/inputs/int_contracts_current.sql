with

checked_contracts as (
    select * from {{ ref('int_contracts_checked') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_lines as (
    select
        ---------- ids
        checked_contracts.contract_line_id,
        checked_contracts.contract_id,
        checked_contracts.account_id,
        checked_contracts.product_id,
        checked_contracts.renewed_from_contract_id,
        ---------- strings
        checked_contracts.line_type,
        checked_contracts.currency,
        checked_contracts.billing_interval,
        checked_contracts.cancel_reason,
        checked_contracts.cancel_type,
        ---------- numbers
        checked_contracts.unit_price,
        checked_contracts.quantity,
        coalesce(checked_contracts.discount_pct, cast(0 as decimal(9, 6))) as discount_pct,
        coalesce(checked_contracts.interval_count, 1) as interval_count,
        ---------- booleans
        checked_contracts.is_auto_renew,
        checked_contracts.is_deleted,
        ---------- dates
        checked_contracts.start_date,
        checked_contracts.end_date,
        checked_contracts.cancel_effective_date,
        checked_contracts.paused_from,
        checked_contracts.paused_until,
        ---------- timestamps
        {{ known_at('checked_contracts.signed_at') }} as signed_at,
        {{ known_at('checked_contracts.cancel_notice_at') }} as cancel_notice_at,
        checked_contracts.updated_at
    from checked_contracts
    cross join as_of
    where checked_contracts.row_end = 'staged'
)

select * from current_lines
