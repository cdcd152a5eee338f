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

owned_logins as (
    select
        users.user_id,
        logins.result,
        logins.source_file,
        logins.source_row_number,
        logins.login_date,
        coalesce(logins.account_id, users.account_id) as account_id,
        coalesce(users.is_internal, false) as is_internal_user
    from logins
    left join users
        on logins.user_id = users.user_id
),

current_logins as (
    select
        ---------- ids
        owned_logins.account_id,
        owned_logins.user_id,
        ---------- strings
        owned_logins.result,
        owned_logins.source_file,
        ---------- numbers
        owned_logins.source_row_number,
        ---------- booleans
        cast(owned_logins.is_internal_user or accounts.is_internal as boolean) as is_internal,
        ---------- dates
        owned_logins.login_date
    from owned_logins
    inner join accounts
        on owned_logins.account_id = accounts.account_id
    left join checked_logins
        on
            owned_logins.source_file = checked_logins.source_file
            and owned_logins.source_row_number = checked_logins.source_row_number
    where coalesce(checked_logins.row_end, 'staged') = 'staged'
)

select * from current_logins
