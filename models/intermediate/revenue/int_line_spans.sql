with

line_periods as (
    select * from {{ ref('int_line_periods') }}
),

spans as (
    select * from {{ ref('int_coverage_spans') }}
),

covered_periods as (
    select
        line_periods.*,
        spans.covered_from,
        spans.covered_to,
        spans.carried_to
    from line_periods
    inner join spans
        on
            line_periods.account_id = spans.account_id
            and line_periods.known_on = spans.known_on
            and line_periods.valid_from < spans.covered_to
            and line_periods.valid_to > spans.covered_from
),

-- The lines of the last covered day go on, as they were that day, until the carry ends.
span_pieces as (
    select
        *,
        false as is_carried,
        greatest(valid_from, covered_from) as span_from,
        least(valid_to, covered_to) as span_to
    from covered_periods

    union all

    select
        *,
        true as is_carried,
        covered_to as span_from,
        carried_to as span_to
    from covered_periods
    where
        carried_to > covered_to
        and valid_to >= covered_to
),

line_spans as (
    select
        ---------- ids
        contract_line_id,
        account_id,
        product_id,
        ---------- strings
        currency,
        ---------- numbers
        quantity,
        {{ money('case when is_seat_based then quantity else 0 end') }} as seats,
        local_mrr as unpaused_local_mrr,
        {{ money('case when is_paused then 0 else local_mrr end') }} as local_mrr,
        ---------- booleans
        is_paused,
        is_carried,
        is_current,
        ---------- dates
        known_on,
        greatest(span_from, shown_from) as valid_from,
        least(span_to, shown_to) as valid_to
    from span_pieces
    where
        span_from < shown_to
        and span_to > shown_from
)

select * from line_spans
