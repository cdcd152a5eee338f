-- Users of 7 and 28 days by islands of activity, then everything that an observation date shows.
create table active_users as
with
days as (
    select
        account_id,
        user_id,
        date,
        lag(date) over (partition by account_id, user_id order by date) as former,
        lead(date) over (partition by account_id, user_id order by date) as following
    from user_days
    where logins > 0 and user_id is not null
),
changes as (
    select
        account_id,
        date,
        case when date - former < 28 then 0 else 1 end as mau,
        case when date - former < 7 then 0 else 1 end as wau
    from days
    union all
    select account_id, date + 28, -1, 0 from days where coalesce(following - date >= 28, true)
    union all
    select account_id, date + 7, 0, -1 from days where coalesce(following - date >= 7, true)
),
daily as (
    select account_id, date, sum(mau) as mau, sum(wau) as wau from changes group by account_id, date
),
running as (
    select
        account_id,
        date as since,
        lead(date, 1, date '9999-01-01') over (partition by account_id order by date) as until,
        sum(mau) over (partition by account_id order by date) as mau,
        sum(wau) over (partition by account_id order by date) as wau
    from daily
)
select running.account_id, observation_dates.date, running.mau, running.wau
from running
inner join observation_dates
    on observation_dates.date >= running.since and observation_dates.date < running.until
where running.mau > 0;

create table marts.fct_account_usage as
with
windows as (
    select
        daily.account_id,
        observation_dates.date,
        sum(case when daily.date = observation_dates.date then daily.dau else 0 end) as dau,
        sum(case when daily.date > observation_dates.date - 28 then daily.dau else 0 end) as dau_sum,
        sum(case when daily.date > observation_dates.date - 28 then daily.logins else 0 end) as logins_28d,
        sum(case when daily.date > observation_dates.date - 28 then 1 else 0 end) as days_28d,
        sum(case when daily.date > observation_dates.date - 28 then 0 else daily.logins end) as logins_prev
    from marts.fct_account_login_daily as daily
    inner join observation_dates
        on daily.date <= observation_dates.date and daily.date > observation_dates.date - 56
    where daily.logins > 0
    group by daily.account_id, observation_dates.date
),
licensed as (
    select
        counted_lines.account_id,
        observation_dates.date,
        sum(case when counted_lines.is_seat_based then counted_lines.quantity else 0 end) as seats
    from counted_lines
    inner join observation_dates
        on
            observation_dates.date >= counted_lines.start_date
            and observation_dates.date < counted_lines.counted_to
    group by counted_lines.account_id, observation_dates.date
),
last_logins as (
    select
        account_id,
        date as last_login_date,
        lead(date, 1, date '9999-01-01') over (partition by account_id order by date) as until
    from marts.fct_account_login_daily
    where logins > 0
),
observed as (
    select account_id, date from licensed
    union
    select account_id, date from windows where days_28d > 0
)
select
    observed.account_id,
    cast(coalesce(windows.dau, 0) as integer) as dau,
    cast(coalesce(active_users.wau, 0) as integer) as wau,
    cast(coalesce(active_users.mau, 0) as integer) as mau,
    cast(coalesce(windows.logins_28d, 0) as integer) as logins_28d,
    cast(coalesce(windows.days_28d, 0) as integer) as login_days_28d,
    cast(coalesce(windows.logins_prev, 0) as integer) as logins_prev_28d,
    cast(observed.date - last_logins.last_login_date as integer) as days_since_login,
    cast(coalesce(licensed.seats, 0) as decimal(18, 4)) as licensed_seats,
    coalesce(active_users.mau, 0)::double / nullif(licensed.seats::double, 0) as login_rate,
    coalesce(windows.dau_sum, 0)::double / nullif(28 * active_users.mau::double, 0) as stickiness,
    licensed.account_id is not null as is_active,
    observed.date,
    last_logins.last_login_date
from observed
left join licensed using (account_id, date)
left join windows using (account_id, date)
left join active_users using (account_id, date)
asof left join last_logins
    on observed.account_id = last_logins.account_id and observed.date >= last_logins.last_login_date;
