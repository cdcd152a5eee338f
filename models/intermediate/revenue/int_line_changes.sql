with

line_spans as (
    select * from {{ ref('int_line_spans') }}
),

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- A carried day has the terms of the covered day before it.
counted_spans as (
    select
        *,
        case when is_carried then {{ add_days('valid_from', -1) }} else valid_from end as counted_on
    from line_spans
    where is_current
),

span_terms as (
    select
        counted_spans.*,
        lines.unit_price,
        lines.discount_pct,
        lines.months_numerator,
        lines.months_denominator,
        lines.start_date
    from counted_spans
    inner join lines
        on
            counted_spans.contract_line_id = lines.contract_line_id
            and counted_spans.counted_on >= lines.start_date
            and counted_spans.counted_on < coalesce(lines.effective_end_date, {{ far_future() }})
),

-- A day on which one span of a line ends and the next begins is one day with two sides.
sides as (
    select
        *,
        valid_from as changed_on,
        0 as lines_before,
        0 as paused_before,
        1 as lines_after,
        case when is_paused then 1 else 0 end as paused_after
    from span_terms

    union all

    select
        *,
        valid_to as changed_on,
        1 as lines_before,
        case when is_paused then 1 else 0 end as paused_before,
        0 as lines_after,
        0 as paused_after
    from span_terms
),

line_days as (
    select
        sides.account_id,
        sides.contract_line_id,
        sides.start_date,
        sides.changed_on,
        max(sides.product_id) as product_id,
        max(sides.currency) as currency,
        max(sides.quantity) as quantity,
        max(sides.unit_price) as unit_price,
        max(sides.discount_pct) as discount_pct,
        max(sides.months_numerator) as months_numerator,
        max(sides.months_denominator) as months_denominator,
        max(sides.unpaused_local_mrr) as unpaused_local_mrr,
        sum(sides.lines_after) - sum(sides.lines_before) as line_change,
        sum(sides.lines_after) - sum(sides.paused_after)
        - sum(sides.lines_before) + sum(sides.paused_before) as running_change
    from sides
    cross join as_of
    where sides.changed_on <= as_of.as_of_date
    group by sides.account_id, sides.contract_line_id, sides.start_date, sides.changed_on
),

line_changes as (
    select
        ---------- ids
        contract_line_id,
        account_id,
        product_id,
        ---------- strings
        currency,
        ---------- numbers
        quantity,
        unit_price,
        discount_pct,
        months_numerator,
        months_denominator,
        unpaused_local_mrr,
        cast(line_change as integer) as line_change,
        cast(running_change as integer) as running_change,
        ---------- dates
        start_date,
        changed_on
    from line_days
    where
        line_change <> 0
        or running_change <> 0
)

select * from line_changes
