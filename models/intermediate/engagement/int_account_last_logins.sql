with

login_days as (
    select * from {{ ref('fct_account_login_daily') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

login_periods as (
    select
        account_id,
        date as last_login_date,
        lead(date, 1, {{ far_future() }}) over (partition by account_id order by date) as next_login_date
    from login_days
    where logins > 0
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
    where
        {{ is_affected_from('login_periods.account_id', 'login_periods.next_login_date') }}
        and {{ is_affected_from('login_periods.account_id', 'observation_dates.date') }}
)

select * from last_logins
