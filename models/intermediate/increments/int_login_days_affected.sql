with

logins_affected as (
    select * from {{ ref('int_logins_affected') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

former_users as (
    select * from {{ source('state', 'users') }}
),

-- The account a login counts for now, and the one it counted for before.
accounts_of_logins as (
    select
        coalesce(logins_affected.account_id, users.account_id) as account_id,
        logins_affected.login_date
    from logins_affected
    left join users
        on logins_affected.user_id = users.user_id

    union distinct

    select
        coalesce(logins_affected.account_id, former_users.account_id) as account_id,
        logins_affected.login_date
    from logins_affected
    left join former_users
        on logins_affected.user_id = former_users.user_id
),

login_days_affected as (
    select
        ---------- ids
        accounts_of_logins.account_id,
        ---------- dates
        accounts_of_logins.login_date
    from accounts_of_logins
    inner join as_of
        on accounts_of_logins.login_date <= as_of.as_of_date
    where accounts_of_logins.account_id is not null
)

select * from login_days_affected
