with

user_login_days as (
    select * from {{ ref('int_user_login_days') }}
),

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

months as (
    select * from {{ ref('int_months') }}
),

month_login_days as (
    select * from {{ ref('int_month_login_days') }}
),

active_accounts as (
    select
        account_usage.account_id,
        months.month
    from account_usage
    inner join months
        on account_usage.date = months.state_date
    where account_usage.is_active
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
    inner join active_accounts
        on
            user_login_days.account_id = active_accounts.account_id
            and month_login_days.month = active_accounts.month
    where
        user_login_days.user_id is not null
        and user_login_days.logins > 0
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
