with

line_spans as (
    select * from {{ ref('int_line_spans') }}
),

months as (
    select * from {{ ref('int_months') }}
),

line_months as (
    select
        ---------- ids
        line_spans.contract_line_id,
        line_spans.account_id,
        line_spans.product_id,
        ---------- strings
        line_spans.currency,
        ---------- numbers
        months.month_index,
        line_spans.seats,
        line_spans.unpaused_local_mrr,
        line_spans.local_mrr,
        ---------- booleans
        line_spans.is_paused,
        line_spans.is_carried,
        line_spans.is_current,
        ---------- dates
        line_spans.known_on
    from line_spans
    inner join months
        on
            line_spans.valid_from <= months.state_date
            and line_spans.valid_to > months.state_date
)

select * from line_months
