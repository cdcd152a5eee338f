with

currency_months as (
    select * from {{ ref('int_billing_currency_months') }}
),

spans as (
    select * from {{ ref('int_billing_spans') }}
),

months as (
    select * from {{ ref('int_months') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

-- The first month has no opening rate.
rated_months as (
    select
        currency_months.*,
        closing_rates.rate as closing_rate,
        coalesce(opening_rates.rate, closing_rates.rate) as opening_rate
    from currency_months
    inner join rates as closing_rates
        on
            currency_months.currency = closing_rates.currency
            and currency_months.month_index = closing_rates.month_index
    left join rates as opening_rates
        on
            currency_months.currency = opening_rates.currency
            and currency_months.month_index = opening_rates.month_index + 1
),

account_amounts as (
    select
        account_id,
        month_index,
        min(first_billed_date) as first_billed_date,
        sum(lines_end) > 0 as is_billed_end,
        sum(lines_30d_before) > 0 as is_billed_30d_before,
        sum(lines_end) > 0 and sum(running_lines_end) = 0 as is_on_hold_end,
        sum({{ at_rate('local_mrr_end', 'opening_rate') }}) as mrr_end_at_opening_rate,
        sum({{ at_rate('local_mrr_end', 'closing_rate') }}) as mrr_end,
        sum({{ at_rate('local_mrr_30d_before', 'opening_rate') }}) as mrr_30d_before,
        sum({{ at_rate('local_mrr_first_day', 'closing_rate') }}) as mrr_first_day,
        sum({{ at_rate('lasting_local_mrr_end', 'closing_rate') }}) as lasting_mrr_end
    from rated_months
    group by account_id, month_index
),

-- A month opens with what the month before closed with.
account_ends as (
    select
        account_amounts.*,
        coalesce(openings.is_billed_end, false) as is_billed_start,
        coalesce(openings.is_on_hold_end, false) as is_on_hold_start,
        coalesce(openings.mrr_end, 0) as mrr_start,
        coalesce(openings.lasting_mrr_end, 0) as lasting_mrr_start
    from account_amounts
    left join account_amounts as openings
        on
            account_amounts.account_id = openings.account_id
            and account_amounts.month_index = openings.month_index + 1
),

span_ends as (
    select
        spans.account_id,
        months.month_index,
        sum(case when spans.billed_to >= months.month then 1 end) as ends,
        sum(case when spans.billed_to > {{ add_days('months.state_date', -30) }} then 1 end) as ends_30d
    from spans
    inner join months
        on
            spans.billed_to <= months.state_date
            and spans.billed_to >= least(months.month, {{ add_days('months.state_date', -29) }})
    group by spans.account_id, months.month_index
),

account_months as (
    select
        ---------- ids
        account_ends.account_id,
        ---------- numbers
        cast(case when account_ends.is_billed_start then 1 else 0 end as integer) as billed_logos_start,
        cast(case when account_ends.is_billed_end then 1 else 0 end as integer) as billed_logos_end,
        cast(case when account_ends.is_billed_30d_before then 1 else 0 end as integer) as billed_logos_30d_before,
        cast(
            case when account_ends.first_billed_date >= months.month then 1 else 0 end as integer
        ) as billed_new_logos,
        cast(
            case
                when account_ends.first_billed_date > {{ add_days('months.state_date', -30) }} then 1
                else 0
            end as integer
        ) as billed_new_logos_30d,
        cast(
            case when account_ends.is_billed_start and not account_ends.is_billed_end then 1 else 0 end
            as integer
        ) as billed_lost_logos,
        cast(coalesce(span_ends.ends, 0) as integer) as billed_ends,
        cast(coalesce(span_ends.ends_30d, 0) as integer) as billed_ends_30d,
        {{ money('account_ends.mrr_start') }} as billed_mrr_start,
        {{ money('account_ends.mrr_end') }} as billed_mrr_end,
        {{ money('account_ends.mrr_first_day') }} as billed_first_day_mrr,
        {{ money(
            'case when account_ends.first_billed_date >= months.month then account_ends.mrr_end else 0 end'
        ) }} as billed_new_mrr,
        {{ money(
            'case when not account_ends.is_billed_start'
            ~ ' and account_ends.first_billed_date < months.month then account_ends.mrr_end else 0 end'
        ) }} as billed_returned_mrr,
        {{ money(
            'case when account_ends.is_billed_start'
            ~ ' then greatest(account_ends.mrr_end_at_opening_rate - account_ends.mrr_start, 0) else 0 end'
        ) }} as billed_gained_mrr,
        {{ money(
            'greatest(account_ends.mrr_start - account_ends.mrr_end_at_opening_rate, 0)'
        ) }} as billed_lost_mrr,
        {{ money(
            'case when account_ends.is_billed_start then account_ends.mrr_end_at_opening_rate else 0 end'
        ) }} as billed_kept_mrr,
        {{ money('account_ends.mrr_30d_before') }} as billed_mrr_30d_before,
        {{ money(
            'case when account_ends.is_billed_30d_before then account_ends.mrr_end_at_opening_rate else 0 end'
        ) }} as billed_kept_mrr_30d,
        {{ money('account_ends.lasting_mrr_start') }} as lasting_mrr_start,
        {{ money('account_ends.lasting_mrr_end') }} as lasting_mrr_end,
        ---------- booleans
        account_ends.is_on_hold_start,
        account_ends.is_on_hold_end,
        ---------- dates
        months.month
    from account_ends
    inner join months
        on account_ends.month_index = months.month_index
    left join span_ends
        on
            account_ends.account_id = span_ends.account_id
            and account_ends.month_index = span_ends.month_index
)

select * from account_months
