with

logins as (
    select * from {{ ref('int_logins_current') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

-- A login whose user is unknown still happened in its account; only no user is counted.
counted_logins as (
    select
        logins.account_id,
        logins.user_id,
        logins.login_date,
        logins.result
    from logins
    inner join accounts
        on logins.account_id = accounts.account_id
    left join users
        on logins.user_id = users.user_id
    where
        not accounts.is_internal
        and not coalesce(users.is_internal, false)
),

user_login_days as (
    select
        ---------- ids
        account_id,
        user_id,
        ---------- numbers
        cast(sum(case when result = 'success' then 1 else 0 end) as integer) as logins,
        cast(sum(case when result = 'success' then 0 else 1 end) as integer) as failed_logins,
        ---------- dates
        login_date
    from counted_logins
    group by account_id, user_id, login_date
)

select * from user_login_days
