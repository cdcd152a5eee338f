-- Months with the day that stands for each, and the days on which usage is observed.
create table months as
select
    cast(month as date) as month,
    least(last_day(month), as_of_date()) as state_date,
    row_number() over (order by month) as number
from generate_series(
    (
        select date_trunc('month', min(start_date))
        from lines
        where line_type = 'recurring' and not is_internal
    ),
    date_trunc('month', as_of_date()), interval 1 month
) as series (month);

create table rates as
select
    currencies.currency,
    months.number,
    case when currencies.currency = 'USD' then 1 else coalesce(known.rate, first_rate) end::decimal(18, 8) as rate
from (select distinct currency from lines) as currencies
cross join months
left join (
    select currency, arg_min(rate, rate_date) as first_rate from fx_rates group by currency
) as firsts on currencies.currency = firsts.currency
asof left join fx_rates as known
    on currencies.currency = known.currency and months.state_date >= known.rate_date;

create table observation_dates as
select cast(date as date) as date
from generate_series((select min(month) from months), as_of_date(), interval 1 day) as series (date)
where
    dayofweek(date) = 0
    or cast(date as date) in (select state_date from months)
    or cast(date as date) = as_of_date() - 28;
