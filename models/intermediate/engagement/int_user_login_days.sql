with

logins as (
    select * from {{ ref('int_logins_current') }}
),

-- A login whose user is unknown still happened in its account; only no user is counted.
user_login_days as (
    select
        ---------- ids
        account_id,
        user_id,
        ---------- numbers
        cast(sum(case when result = 'success' and not is_internal then 1 else 0 end) as integer) as logins,
        cast(sum(case when result = 'success' or is_internal then 0 else 1 end) as integer) as failed_logins,
        cast(count(*) as integer) as staged_rows,
        ---------- dates
        login_date
    from logins
    where {{ is_affected_day('account_id', 'login_date') }}
    group by account_id, user_id, login_date
)

select * from user_login_days
