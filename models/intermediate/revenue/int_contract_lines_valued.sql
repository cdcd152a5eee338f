with

terms as (
    select * from {{ ref('int_contract_terms') }}
),

lines as (
    select
        ---------- ids
        contract_line_id,
        contract_id,
        account_id,
        product_id,
        renewed_from_contract_id,
        ---------- strings
        line_type,
        currency,
        cancel_reason,
        cancel_type,
        ---------- numbers
        quantity,
        unit_price,
        discount_pct,
        months_numerator,
        months_denominator,
        local_mrr,
        ---------- booleans
        is_recurring,
        is_seat_based,
        is_internal,
        is_ever_in_force,
        is_last_term,
        ---------- dates
        line_start_date,
        start_date,
        end_date,
        effective_end_date,
        extends_end_date,
        cancel_effective_date,
        paused_from,
        paused_until,
        ---------- timestamps
        cancel_notice_at,
        updated_at
    from terms
    where is_current
)

select * from lines
