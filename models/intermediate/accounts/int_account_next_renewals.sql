with

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

line_spans as (
    select * from {{ ref('int_line_spans') }}
),

present_lines as (
    select * from {{ ref('int_account_present_lines') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

due_lines as (
    select
        line_spans.account_id,
        lines.currency,
        as_of.as_of_date,
        sum(lines.local_mrr) as local_atr
    from line_spans
    cross join as_of
    inner join lines
        on
            line_spans.contract_line_id = lines.contract_line_id
            and lines.is_last_term
    inner join present_lines
        on
            line_spans.account_id = present_lines.account_id
            and lines.end_date = present_lines.next_renewal_date
    where
        line_spans.is_current
        and line_spans.valid_from <= as_of.as_of_date
        and line_spans.valid_to > as_of.as_of_date
    group by line_spans.account_id, lines.currency, as_of.as_of_date
),

next_renewals as (
    select
        ---------- ids
        due_lines.account_id,
        ---------- numbers
        {{ money('sum(' ~ at_rate('due_lines.local_atr', 'rates.rate') ~ ')') }} as atr_mrr
    from due_lines
    inner join rates
        on
            due_lines.currency = rates.currency
            and rates.month = {{ month_start('due_lines.as_of_date') }}
    group by due_lines.account_id
)

select * from next_renewals
