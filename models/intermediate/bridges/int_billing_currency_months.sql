with

lines as (
    select * from {{ ref('int_billing_lines') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- The days on which some tool reads the books for a month.
read_days as (
    select
        month_index,
        month,
        state_date,
        {{ add_days('state_date', -30) }} as window_opening_date,
        least({{ add_days('month', -1) }}, {{ add_days('state_date', -30) }}) as first_read_date
    from months
),

line_months as (
    select
        lines.*,
        read_days.month_index,
        lines.billed_from <= read_days.state_date
        and lines.billed_to > read_days.state_date as is_billed_end,
        lines.billed_from <= read_days.window_opening_date
        and lines.billed_to > read_days.window_opening_date as is_billed_30d_before,
        lines.billed_from = lines.first_billed_date
        and lines.billed_from >= read_days.month as is_billed_first_day,
        lines.on_hold_from <= read_days.state_date
        and lines.on_hold_to > read_days.state_date as is_on_hold_end,
        lines.on_hold_from <= read_days.window_opening_date
        and lines.on_hold_to > read_days.window_opening_date as is_on_hold_30d_before,
        lines.on_hold_from <= lines.billed_from
        and lines.on_hold_to > lines.billed_from as is_on_hold_first_day
    from lines
    inner join read_days
        on
            lines.billed_from <= read_days.state_date
            and lines.billed_to > read_days.first_read_date
),

currency_months as (
    select
        ---------- ids
        account_id,
        ---------- strings
        currency,
        ---------- numbers
        month_index,
        {{ tally('case when is_billed_end then 1 end') }} as lines_end,
        {{ tally('case when is_billed_30d_before then 1 end') }} as lines_30d_before,
        {{ tally('case when is_billed_end and not is_on_hold_end then 1 end') }} as running_lines_end,
        {{ total('case when is_billed_end and not is_on_hold_end then local_mrr end') }} as local_mrr_end,
        {{ total('case when is_billed_30d_before and not is_on_hold_30d_before then local_mrr end') }}
            as local_mrr_30d_before,
        {{ total('case when is_billed_first_day and not is_on_hold_first_day then local_mrr end') }}
            as local_mrr_first_day,
        {{ total('case when is_billed_end and not is_on_hold_end then lasting_local_mrr end') }}
            as lasting_local_mrr_end,
        ---------- dates
        min(first_billed_date) as first_billed_date
    from line_months
    group by account_id, currency, month_index
)

select * from currency_months
