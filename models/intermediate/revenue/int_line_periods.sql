with

lines as (
    select * from {{ ref('int_contract_terms') }}
),

covering_lines as (
    select
        lines.*,
        coalesce(lines.effective_end_date, {{ far_future() }}) as covered_until,
        coalesce(lines.paused_from, {{ far_future() }}) as pause_start,
        coalesce(lines.paused_until, {{ far_future() }}) as pause_end
    from lines
    where
        lines.is_recurring
        and not lines.is_internal
        and lines.quantity > 0
        and lines.is_ever_in_force
),

periods as (
    select
        *,
        false as is_paused,
        start_date as valid_from,
        least(pause_start, covered_until) as valid_to
    from covering_lines

    union all

    select
        *,
        true as is_paused,
        greatest(start_date, pause_start) as valid_from,
        least(pause_end, covered_until) as valid_to
    from covering_lines

    union all

    select
        *,
        false as is_paused,
        greatest(start_date, pause_end) as valid_from,
        covered_until as valid_to
    from covering_lines
    where paused_from is not null
),

line_periods as (
    select
        ---------- ids
        contract_line_id,
        account_id,
        product_id,
        ---------- strings
        currency,
        ---------- numbers
        quantity,
        local_mrr,
        ---------- booleans
        is_seat_based,
        is_paused,
        is_current,
        ---------- dates
        known_on,
        shown_from,
        shown_to,
        valid_from,
        valid_to
    from periods
    where valid_from < valid_to
)

select * from line_periods
