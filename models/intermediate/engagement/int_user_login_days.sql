with

logins as (
    select * from {{ ref('int_logins_read') }}
),

checked_logins as (
    select * from {{ ref('int_logins_checked') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

logins_of_days as (
    select *
    from logins
    where {{ is_affected_date('login_date') }}
),

owned_logins as (
    select
        users.user_id,
        logins_of_days.result,
        logins_of_days.source_file,
        logins_of_days.source_row_number,
        logins_of_days.login_date,
        coalesce(logins_of_days.account_id, users.account_id) as account_id,
        coalesce(users.is_internal, false) as is_internal_user
    from logins_of_days
    left join users
        on logins_of_days.user_id = users.user_id
),

staged_logins as (
    select
        owned_logins.*,
        owned_logins.result = 'success' as is_success,
        not owned_logins.is_internal_user and not accounts.is_internal as is_counted
    from owned_logins
    inner join accounts
        on owned_logins.account_id = accounts.account_id
    left join checked_logins
        on
            owned_logins.source_file = checked_logins.source_file
            and owned_logins.source_row_number = checked_logins.source_row_number
    where coalesce(checked_logins.row_end, 'staged') = 'staged'
),

-- A login whose user is unknown still happened in its account; only no user is counted.
user_login_days as (
    select
        ---------- ids
        account_id,
        user_id,
        ---------- numbers
        cast(sum(case when is_counted and is_success then 1 else 0 end) as integer) as logins,
        cast(sum(case when is_counted and not is_success then 1 else 0 end) as integer) as failed_logins,
        cast(count(*) as integer) as staged_rows,
        ---------- dates
        login_date
    from staged_logins
    where {{ is_affected_day('account_id', 'login_date') }}
    group by account_id, user_id, login_date
)

select * from user_login_days
