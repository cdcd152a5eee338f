with

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

line_spans as (
    select * from {{ ref('int_line_spans') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

present_lines as (
    select
        ---------- ids
        line_spans.account_id,
        ---------- numbers
        cast(count(distinct line_spans.product_id) as integer) as product_count,
        {{ money('sum(line_spans.seats)') }} as licensed_seats,
        ---------- booleans
        max(case when line_spans.is_carried then 1 else 0 end) = 1 as is_grace,
        max(case when line_spans.is_paused then 0 else 1 end) = 0 as is_paused,
        ---------- dates
        max(lines.effective_end_date) as term_end_date,
        min(case when lines.end_date > as_of.as_of_date then lines.end_date end) as next_renewal_date,
        min({{ reporting_date('lines.cancel_notice_at') }}) as notice_date
    from line_spans
    cross join as_of
    inner join lines
        on
            line_spans.contract_line_id = lines.contract_line_id
            and lines.is_last_term
    where
        line_spans.is_current
        and line_spans.valid_from <= as_of.as_of_date
        and line_spans.valid_to > as_of.as_of_date
    group by line_spans.account_id
)

select * from present_lines
