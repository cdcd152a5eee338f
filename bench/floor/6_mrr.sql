-- Movements per account and month: states at both ends, at the rate of the opening month.
create table line_months as
select
    counted_lines.contract_line_id,
    counted_lines.account_id,
    counted_lines.currency,
    months.number,
    counted_lines.local_mrr,
    coalesce(
        counted_lines.paused_from <= least(months.state_date, counted_lines.covered_to - 1)
        and least(months.state_date, counted_lines.covered_to - 1)
        < coalesce(counted_lines.paused_until, date '9999-01-01'),
        false
    ) as is_paused,
    months.state_date >= counted_lines.covered_to as is_grace
from counted_lines
inner join months
    on months.state_date >= counted_lines.start_date and months.state_date < counted_lines.counted_to;

create table marts.fct_mrr_monthly as
with
pauses as (
    select
        after.account_id,
        after.number,
        after.currency,
        sum(case when after.is_paused then after.local_mrr else 0 end) as paused,
        sum(case when after.is_paused then 0 else after.local_mrr end) as resumed
    from line_months as after
    inner join line_months as before
        on
            after.contract_line_id = before.contract_line_id
            and after.number = before.number + 1
            and after.is_paused <> before.is_paused
    group by after.account_id, after.number, after.currency
),
ends as (
    select
        account_id,
        number,
        currency,
        sum(case when is_paused then 0 else local_mrr end) as local_mrr,
        bool_or(is_grace) as is_grace
    from line_months
    group by account_id, number, currency
),
sides as (
    select account_id, number, currency, local_mrr as after, 0 as before, is_grace, true as ended, false as started
    from ends
    union all
    select account_id, number + 1, currency, 0, local_mrr, false, false, true
    from ends
    where number < (select max(number) from months)
),
currencies as (
    select
        account_id, number, currency,
        sum(after) as after, sum(before) as before,
        bool_or(is_grace) as is_grace, bool_or(ended) as ended, bool_or(started) as started
    from sides
    group by account_id, number, currency
),
amounts as (
    select
        currencies.account_id,
        currencies.number,
        bool_or(currencies.is_grace) as is_grace,
        bool_or(currencies.ended) as is_active_end,
        bool_or(currencies.started) as is_active_start,
        sum(round(currencies.before::decimal(19, 4) * coalesce(opening.rate, closing.rate), 4)) as mrr_start,
        sum(round(currencies.after::decimal(19, 4) * coalesce(opening.rate, closing.rate), 4)) as mrr_kept,
        sum(round(currencies.after::decimal(19, 4) * closing.rate, 4)) as mrr_end,
        sum(round(coalesce(pauses.paused, 0)::decimal(19, 4) * coalesce(opening.rate, closing.rate), 4)) as paused,
        sum(round(coalesce(pauses.resumed, 0)::decimal(19, 4) * coalesce(opening.rate, closing.rate), 4)) as resumed
    from currencies
    inner join rates as closing
        on currencies.currency = closing.currency and currencies.number = closing.number
    left join rates as opening
        on currencies.currency = opening.currency and currencies.number = opening.number + 1
    left join pauses
        on
            currencies.account_id = pauses.account_id
            and currencies.number = pauses.number
            and currencies.currency = pauses.currency
    group by currencies.account_id, currencies.number
),
lifetimes as (
    select
        account_id,
        min(covered_from) as first_active_date,
        max(least(carried_to, as_of_date() + 1)) as last_until
    from spans
    group by account_id
),
spells as (
    select account_id, months.number, count(*) as starts, 0 as ends
    from spans
    inner join months on date_trunc('month', covered_from) = months.month
    where is_spell_start
    group by account_id, months.number
    union all
    select account_id, months.number, 0, count(*)
    from spans
    inner join months on date_trunc('month', covered_to) = months.month
    where is_churn
    group by account_id, months.number
),
spell_counts as (
    select account_id, number, sum(starts) as starts, sum(ends) as ends from spells group by all
),
account_months as (
    select
        lifetimes.account_id,
        months.*,
        lifetimes.first_active_date < months.month as was_active,
        coalesce(amounts.is_active_start, false) as is_active_start,
        coalesce(amounts.is_active_end, false) as is_active_end,
        coalesce(amounts.is_grace, false) as is_grace,
        coalesce(amounts.mrr_start, 0) as mrr_start,
        coalesce(amounts.mrr_end, 0) as mrr_end,
        coalesce(amounts.mrr_kept, 0) as mrr_kept,
        coalesce(amounts.paused, 0) as paused,
        coalesce(amounts.resumed, 0) as resumed,
        coalesce(spell_counts.starts, 0) as starts,
        coalesce(spell_counts.ends, 0) as ends,
        is_active_start and is_active_end as is_both,
        mrr_kept - mrr_start + paused - resumed as rest
    from lifetimes
    inner join months
        on lifetimes.first_active_date <= months.state_date and lifetimes.last_until >= months.month
    left join amounts
        on lifetimes.account_id = amounts.account_id and months.number = amounts.number
    left join spell_counts
        on lifetimes.account_id = spell_counts.account_id and months.number = spell_counts.number
),
moved as (
    select
        *,
        case
            when is_active_end and not is_active_start and not was_active then 'new'
            when is_active_end and not is_active_start then 'reactivation'
            when is_active_start and not is_active_end then 'churn'
            when is_active_start and rest > 0 then 'expansion'
            when is_active_start and rest < 0 then 'contraction'
            else 'none'
        end as movement
    from account_months
)
select
    account_id,
    movement,
    mrr_start::decimal(18, 4) as mrr_start,
    case when movement = 'new' then mrr_end else 0 end::decimal(18, 4) as new_mrr,
    case when movement = 'reactivation' then mrr_end else 0 end::decimal(18, 4) as reactivation_mrr,
    case when movement = 'expansion' then rest else 0 end::decimal(18, 4) as expansion_mrr,
    case when movement = 'contraction' then -rest else 0 end::decimal(18, 4) as contraction_mrr,
    case when movement = 'churn' then mrr_start else 0 end::decimal(18, 4) as churn_mrr,
    case when is_both then paused else 0 end::decimal(18, 4) as pause_mrr,
    case when is_both then resumed else 0 end::decimal(18, 4) as resume_mrr,
    case when is_both then mrr_end - mrr_kept else 0 end::decimal(18, 4) as fx_mrr,
    mrr_end::decimal(18, 4) as mrr_end,
    (starts - case when movement in ('new', 'reactivation') then 1 else 0 end)::integer as intra_month_starts,
    (ends - case when movement = 'churn' then 1 else 0 end)::integer as intra_month_ends,
    is_active_start,
    is_active_end,
    is_grace,
    state_date = last_day(month) as is_complete,
    last_day(month) + 30 <= as_of_date() as is_final,
    month
from moved;
