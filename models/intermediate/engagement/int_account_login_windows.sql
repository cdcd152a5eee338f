with

login_days as (
    select * from {{ ref('fct_account_login_daily') }}
),

days as (
    select * from {{ ref('int_calendar_days') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

seen_days as (
    select login_days.*
    from login_days
    {{ join_affected_from('login_days.account_id', 'login_days.date', 55) }}
    where
        login_days.logins > 0
        and {{ is_since_affected('login_days.date', 55) }}
),

-- Which observation dates look back on a day, and with which of their two windows.
looking_back as (
    select
        observation_dates.date,
        days.date as login_date,
        days.date >= observation_dates.window_start as is_current,
        days.date = observation_dates.date as is_same_day
    from observation_dates
    inner join days
        on
            observation_dates.previous_window_start <= days.date
            and observation_dates.date >= days.date
    where {{ is_since_affected('observation_dates.date') }}
),

login_windows as (
    select
        ---------- ids
        seen_days.account_id,
        ---------- numbers
        cast(sum(case when looking_back.is_same_day then seen_days.dau else 0 end) as integer) as dau,
        cast(sum(case when looking_back.is_current then seen_days.dau else 0 end) as integer) as dau_sum_28d,
        cast(sum(case when looking_back.is_current then seen_days.logins else 0 end) as integer) as logins_28d,
        cast(sum(case when looking_back.is_current then 1 else 0 end) as integer) as login_days_28d,
        cast(
            sum(case when looking_back.is_current then 0 else seen_days.logins end) as integer
        ) as logins_prev_28d,
        ---------- dates
        looking_back.date
    from seen_days
    inner join looking_back
        on seen_days.date = looking_back.login_date
    {{ join_affected_dates('seen_days.account_id', 'looking_back.date') }}
    group by seen_days.account_id, looking_back.date
)

select * from login_windows
