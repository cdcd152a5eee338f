with

user_months as (
    select * from {{ ref('int_account_user_months') }}
),

user_login_days as (
    select * from {{ ref('int_user_login_days') }}
),

month_login_days as (
    select * from {{ ref('int_month_login_days') }}
),

shared_users as (
    select *
    from user_months
    where is_shared
),

shared_user_days as (
    select
        ---------- ids
        shared_users.account_id,
        shared_users.user_id,
        ---------- dates
        user_login_days.login_date,
        shared_users.month
    from shared_users
    inner join month_login_days
        on shared_users.month = month_login_days.month
    inner join user_login_days
        on
            shared_users.account_id = user_login_days.account_id
            and shared_users.user_id = user_login_days.user_id
            and month_login_days.date = user_login_days.login_date
    where user_login_days.logins > 0
)

select * from shared_user_days
