with

login_days as (
    select * from {{ ref('fct_account_login_daily') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

-- Of the days before those that are observed anew, only the last one can be the last login then.
days_looked_at as (
    select
        account_id,
        date
    from login_days
    where
        logins > 0
        and {{ is_since_affected('date') }}

    union all

    select
        account_id,
        max(date) as date
    from login_days
    where
        logins > 0
        and not ({{ is_since_affected('date') }})
    group by account_id
),

login_periods as (
    select
        account_id,
        date as last_login_date,
        lead(date, 1, {{ far_future() }}) over (partition by account_id order by date) as next_login_date
    from days_looked_at
),

last_logins as (
    select
        ---------- ids
        login_periods.account_id,
        ---------- dates
        observation_dates.date,
        login_periods.last_login_date
    from login_periods
    inner join observation_dates
        on
            login_periods.last_login_date <= observation_dates.date
            and login_periods.next_login_date > observation_dates.date
    {{ join_affected_dates('login_periods.account_id', 'observation_dates.date') }}
)

select * from last_logins
