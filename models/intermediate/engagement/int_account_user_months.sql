with

user_login_days as (
    select * from {{ ref('int_user_login_days') }}
),

account_months as (
    select * from {{ ref('int_account_active_months') }}
),

month_login_days as (
    select * from {{ ref('int_month_login_days') }}
),

active_users as (
    select
        user_login_days.account_id,
        user_login_days.user_id,
        month_login_days.month,
        count(*) as login_days
    from user_login_days
    inner join month_login_days
        on user_login_days.login_date = month_login_days.date
    inner join account_months
        on
            user_login_days.account_id = account_months.account_id
            and month_login_days.month = account_months.month
    where
        user_login_days.user_id is not null
        and user_login_days.logins > 0
        and {{ is_affected_month('month_login_days.month') }}
    group by
        user_login_days.account_id,
        user_login_days.user_id,
        month_login_days.month
),

shared_users as (
    select
        user_id,
        month
    from active_users
    group by user_id, month
    having count(*) > 1
),

user_months as (
    select
        ---------- ids
        active_users.account_id,
        active_users.user_id,
        ---------- numbers
        cast(active_users.login_days as integer) as login_days,
        ---------- booleans
        cast(shared_users.user_id is not null as boolean) as is_shared,
        ---------- dates
        active_users.month
    from active_users
    left join shared_users
        on
            active_users.user_id = shared_users.user_id
            and active_users.month = shared_users.month
)

select * from user_months
