-- Lines as last recorded, what each makes a month, and the days for which it counts.
create table lines as
with
latest as (
    select *
    from contracts
    where updated_at < as_of_date() + 1
    qualify row_number() over (partition by contract_line_id order by updated_at desc) = 1
),
terms as (
    select
        *,
        least(end_date, cancel_effective_date) as effective_end_date,
        (year(end_date) - year(start_date)) * 12 + month(end_date) - month(start_date) as months_apart
    from latest
    where not coalesce(is_deleted, false)
),
factors as (
    select
        *,
        billing_interval = 'term' and months_apart >= 1 and (
            start_date + to_months(months_apart) = end_date
            or (start_date = last_day(start_date) and end_date = last_day(end_date))
        ) as is_whole,
        case
            when billing_interval = 'day' then 365
            when billing_interval = 'week' then 52
            when billing_interval = 'term' and not is_whole then 365
            else 1
        end as numerator,
        case
            when billing_interval = 'term' and is_whole then months_apart
            when billing_interval = 'term' then 12 * (end_date - start_date)
            else coalesce(interval_count, 1) * case billing_interval
                when 'month' then 1 when 'quarter' then 3 when 'half_year' then 6 else 12
            end
        end as denominator
    from terms
)
select
    factors.contract_line_id,
    factors.contract_id,
    factors.account_id,
    factors.product_id,
    factors.line_type,
    factors.currency,
    factors.start_date,
    factors.end_date,
    factors.effective_end_date,
    factors.quantity,
    factors.paused_from,
    factors.paused_until,
    people_accounts.is_internal,
    coalesce(products.is_seat_based, true) as is_seat_based,
    case
        when factors.line_type <> 'recurring' then 0
        else cast((
            2 * (
                cast(cast(trunc(factors.unit_price) as bigint) as hugeint) * 1000000
                + cast(cast(factors.unit_price % 1 as double) * 1000000 as bigint)
            )
            * cast(cast(factors.quantity as double) * 10000 as bigint)
            * cast((1 - cast(coalesce(factors.discount_pct, 0) as double)) * 1000000 as bigint)
            * factors.numerator
            + cast(1000000000000 as hugeint) * factors.denominator
        ) // (cast(2000000000000 as hugeint) * factors.denominator) as decimal(22, 0)) * 0.0001
    end::decimal(18, 4) as local_mrr
from factors
inner join people_accounts on factors.account_id = people_accounts.account_id
left join products on factors.product_id = products.product_id;

create table spans as
with
islands as (
    select
        *,
        sum(is_first) over (partition by account_id order by start_date, contract_line_id) as island
    from (
        select
            account_id,
            contract_line_id,
            start_date,
            coalesce(effective_end_date, date '9999-01-01') as until,
            case
                when start_date <= max(until) over (
                    partition by account_id order by start_date, contract_line_id
                    rows between unbounded preceding and 1 preceding
                ) then 0
                else 1
            end as is_first
        from lines
        where
            line_type = 'recurring' and quantity > 0 and not is_internal
            and start_date < coalesce(effective_end_date, date '9999-01-01')
    )
),
spans as (
    select
        account_id,
        min(start_date) as covered_from,
        max(until) as covered_to,
        list(contract_line_id) as line_ids
    from islands
    group by account_id, island
    having covered_from <= as_of_date()
),
gaps as (
    select
        *,
        lead(covered_from) over (partition by account_id order by covered_from) as next_from,
        lag(covered_to) over (partition by account_id order by covered_from) as former_to
    from spans
)
select
    *,
    case
        when next_from - covered_to <= 30 then next_from
        when next_from is null and covered_to <= as_of_date() and as_of_date() < covered_to + 30
            then covered_to + 30
        else covered_to
    end as carried_to,
    coalesce(covered_from - former_to > 30, true) as is_spell_start,
    covered_to <= as_of_date() and carried_to = covered_to as is_churn
from gaps;

create table counted_lines as
select
    lines.* exclude (is_internal, effective_end_date, line_type),
    spans.covered_to,
    case
        when coalesce(lines.effective_end_date, date '9999-01-01') = spans.covered_to
            then spans.carried_to
        else lines.effective_end_date
    end as counted_to
from (select unnest(line_ids) as contract_line_id, covered_to, carried_to from spans) as spans
inner join lines on spans.contract_line_id = lines.contract_line_id;
