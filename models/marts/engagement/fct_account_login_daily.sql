with

user_login_days as (
    select * from {{ ref('int_user_login_days') }}
),

login_daily as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(count(case when logins > 0 then user_id end) as integer) as dau,
        cast(sum(logins) as integer) as logins,
        cast(sum(failed_logins) as integer) as failed_logins,
        ---------- dates
        login_date as date
    from user_login_days
    group by account_id, login_date
)

select * from login_daily
