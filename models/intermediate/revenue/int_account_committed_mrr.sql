with

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

line_spans as (
    select * from {{ ref('int_line_spans') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

booked_lines as (
    select lines.*
    from lines
    cross join as_of
    where
        lines.is_recurring
        and not lines.is_internal
        and lines.is_ever_in_force
        and lines.start_date > as_of.as_of_date
),

-- Each line now on the books that is known to end, or to be replaced by a booked line, once.
ending_lines as (
    select
        lines.contract_line_id,
        line_spans.account_id,
        line_spans.currency,
        line_spans.local_mrr
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
        and (
            lines.cancel_effective_date > as_of.as_of_date
            or lines.contract_line_id in (
                select ended.contract_line_id
                from lines as ended
                inner join booked_lines
                    on
                        ended.account_id = booked_lines.account_id
                        and ended.effective_end_date <= booked_lines.start_date
                        and (
                            ended.contract_id = booked_lines.contract_id
                            or ended.contract_id = booked_lines.renewed_from_contract_id
                        )
            )
        )
),

local_amounts as (
    select
        account_id,
        currency,
        sum(booked_mrr) as booked_mrr,
        sum(ending_mrr) as ending_mrr
    from (
        select
            account_id,
            currency,
            local_mrr as booked_mrr,
            0 as ending_mrr
        from booked_lines

        union all

        select
            account_id,
            currency,
            0 as booked_mrr,
            local_mrr as ending_mrr
        from ending_lines
    ) as amounts
    group by account_id, currency
),

committed_mrr as (
    select
        ---------- ids
        local_amounts.account_id,
        ---------- numbers
        {{ money('sum(' ~ at_rate('booked_mrr', 'rates.rate') ~ ')') }} as booked_mrr,
        {{ money('sum(' ~ at_rate('ending_mrr', 'rates.rate') ~ ')') }} as ending_mrr
    from local_amounts
    cross join as_of
    inner join rates
        on
            local_amounts.currency = rates.currency
            and rates.month = {{ month_start('as_of.as_of_date') }}
    group by local_amounts.account_id
)

select * from committed_mrr
