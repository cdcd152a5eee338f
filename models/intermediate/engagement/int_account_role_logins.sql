with

user_months as (
    select * from {{ ref('int_account_user_months') }}
),

users as (
    select * from {{ ref('dim_user') }}
),

role_logins as (
    select
        ---------- ids
        user_months.account_id,
        ---------- numbers
        cast(
            sum(case when users.role = 'champion' then user_months.login_days else 0 end) as integer
        ) as champion_logins_28d,
        cast(
            sum(case when users.role = 'admin' then user_months.login_days else 0 end) as integer
        ) as admin_logins_28d,
        ---------- dates
        user_months.month
    from user_months
    inner join users
        on user_months.user_id = users.user_id
    group by user_months.account_id, user_months.month
)

select * from role_logins
