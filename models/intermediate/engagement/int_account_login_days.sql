with

user_login_days as (
    select * from {{ ref('int_user_login_days') }}
),

account_login_days as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(count(case when logins > 0 then user_id end) as integer) as dau,
        cast(sum(logins) as integer) as logins,
        cast(sum(failed_logins) as integer) as failed_logins,
        cast(sum(staged_rows) as integer) as staged_rows,
        ---------- dates
        login_date
    from user_login_days
    where {{ is_affected_day('account_id', 'login_date') }}
    group by account_id, login_date
)

select * from account_login_days
