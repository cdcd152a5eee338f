with

ends as (
    select * from {{ ref('int_coverage_ends') }}
),

line_periods as (
    select * from {{ ref('int_line_periods') }}
),

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

last_day_lines as (
    select
        ends.account_id,
        ends.covered_to,
        line_periods.contract_line_id,
        line_periods.currency,
        rates.rate,
        case when line_periods.is_paused then 0 else line_periods.local_mrr end as lost_local_mrr,
        cast(line_periods.local_mrr as decimal(19, 4)) * rates.rate as unrounded_mrr,
        case
            when lines.effective_end_date = ends.covered_to then {{ reporting_date('lines.cancel_notice_at') }}
        end as notice_date,
        lines.cancel_type,
        lines.cancel_reason
    from ends
    inner join line_periods
        on
            ends.account_id = line_periods.account_id
            and ends.last_covered_date >= line_periods.valid_from
            and ends.last_covered_date < line_periods.valid_to
            and line_periods.is_current
    inner join lines
        on
            line_periods.contract_line_id = lines.contract_line_id
            and ends.last_covered_date >= lines.start_date
            and ends.last_covered_date < coalesce(lines.effective_end_date, {{ far_future() }})
    inner join rates
        on
            line_periods.currency = rates.currency
            and ends.rate_month_index = rates.month_index
),

local_losses as (
    select
        account_id,
        covered_to,
        currency,
        {{ at_rate('sum(lost_local_mrr)', 'max(rate)') }} as mrr_lost,
        min(notice_date) as notice_date
    from last_day_lines
    group by account_id, covered_to, currency
),

losses as (
    select
        account_id,
        covered_to,
        sum(mrr_lost) as mrr_lost,
        min(notice_date) as notice_date
    from local_losses
    group by account_id, covered_to
),

ranked_lines as (
    select
        *,
        row_number() over (
            partition by account_id, covered_to order by unrounded_mrr desc, contract_line_id asc
        ) as size_rank
    from last_day_lines
),

end_losses as (
    select
        ---------- ids
        losses.account_id,
        ranked_lines.contract_line_id,
        ---------- strings
        ranked_lines.cancel_type,
        ranked_lines.cancel_reason,
        ---------- numbers
        {{ money('losses.mrr_lost') }} as mrr_lost,
        ---------- dates
        losses.covered_to,
        losses.notice_date
    from losses
    inner join ranked_lines
        on
            losses.account_id = ranked_lines.account_id
            and losses.covered_to = ranked_lines.covered_to
    where ranked_lines.size_rank = 1
)

select * from end_losses
