with

user_login_days as (
    select * from {{ ref('int_user_login_days') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

active_days as (
    select
        user_login_days.account_id,
        user_login_days.user_id,
        user_login_days.login_date,
        lag(user_login_days.login_date) over (
            partition by user_login_days.account_id, user_login_days.user_id order by user_login_days.login_date
        ) as previous_date,
        lead(user_login_days.login_date) over (
            partition by user_login_days.account_id, user_login_days.user_id order by user_login_days.login_date
        ) as next_date
    from user_login_days
    {{ join_affected_from('user_login_days.account_id', 'user_login_days.login_date', 27) }}
    where
        user_login_days.user_id is not null
        and user_login_days.logins > 0
        and {{ is_since_affected('user_login_days.login_date', 27) }}
),

-- A user is active in the 28 days to d exactly while d lies in an island of days less than 28 apart.
changes as (
    select
        account_id,
        login_date as changed_on,
        case when {{ days_between('previous_date', 'login_date') }} < 28 then 0 else 1 end as mau_change,
        case when {{ days_between('previous_date', 'login_date') }} < 7 then 0 else 1 end as wau_change
    from active_days

    union all

    select
        account_id,
        {{ add_days('login_date', 28) }} as changed_on,
        -1 as mau_change,
        0 as wau_change
    from active_days
    where coalesce({{ days_between('login_date', 'next_date') }} >= 28, true)

    union all

    select
        account_id,
        {{ add_days('login_date', 7) }} as changed_on,
        0 as mau_change,
        -1 as wau_change
    from active_days
    where coalesce({{ days_between('login_date', 'next_date') }} >= 7, true)
),

daily_changes as (
    select
        account_id,
        changed_on,
        sum(mau_change) as mau_change,
        sum(wau_change) as wau_change
    from changes
    group by account_id, changed_on
),

running_counts as (
    select
        account_id,
        changed_on as valid_from,
        lead(changed_on, 1, {{ far_future() }}) over (
            partition by account_id order by changed_on
        ) as valid_to,
        sum(mau_change) over (partition by account_id order by changed_on) as mau,
        sum(wau_change) over (partition by account_id order by changed_on) as wau
    from daily_changes
),

active_users as (
    select
        ---------- ids
        running_counts.account_id,
        ---------- numbers
        cast(running_counts.mau as integer) as mau,
        cast(running_counts.wau as integer) as wau,
        ---------- dates
        observation_dates.date
    from running_counts
    inner join observation_dates
        on
            running_counts.valid_from <= observation_dates.date
            and running_counts.valid_to > observation_dates.date
    {{ join_affected_dates('running_counts.account_id', 'observation_dates.date') }}
    where running_counts.mau > 0
)

select * from active_users
