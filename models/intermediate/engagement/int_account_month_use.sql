with

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

months as (
    select * from {{ ref('int_months') }}
),

user_months as (
    select * from {{ ref('int_account_user_months') }}
),

sole_users as (
    select
        account_id,
        month,
        count(*) as sole_users,
        sum(login_days) as sole_user_days
    from user_months
    where not is_shared
    group by account_id, month
),

account_month_use as (
    select
        ---------- ids
        account_usage.account_id,
        ---------- numbers
        cast(1 as integer) as active_accounts,
        account_usage.licensed_seats,
        cast(case when account_usage.logins_28d = 0 then 1 else 0 end as integer) as accounts_without_login,
        cast(coalesce(sole_users.sole_users, 0) as integer) as sole_users,
        cast(coalesce(sole_users.sole_user_days, 0) as integer) as sole_user_days,
        ---------- dates
        months.month
    from account_usage
    inner join months
        on account_usage.date = months.state_date
    left join sole_users
        on
            account_usage.account_id = sole_users.account_id
            and months.month = sole_users.month
    where account_usage.is_active
)

select * from account_month_use
