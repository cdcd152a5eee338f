with

-- The same rows under three names: each is looked through for one column only.
logins_by_date as (
    select * from {{ ref('int_logins_read') }}
),

logins_by_user as (
    select * from {{ ref('int_logins_read') }}
),

logins_by_account as (
    select * from {{ ref('int_logins_read') }}
),

new_logins as (
    select * from {{ ref('stg_raw__logins') }}
),

users_changed as (
    select * from {{ ref('int_users_changed') }}
),

accounts_changed as (
    select * from {{ ref('int_accounts_changed') }}
),

former_build as (
    select * from {{ source('state', 'build') }}
),

-- Rows that were still to come, and rows whose people are not what they were.
changed_logins as (
    select logins_by_date.login_id
    from logins_by_date
    cross join former_build
    where logins_by_date.login_date > former_build.as_of_date

    union all

    select logins_by_user.login_id
    from logins_by_user
    cross join former_build
    inner join users_changed
        on logins_by_user.user_id = users_changed.user_id

    union all

    select logins_by_account.login_id
    from logins_by_account
    cross join former_build
    inner join accounts_changed
        on logins_by_account.account_id = accounts_changed.account_id
),

keys_affected as (
    select login_id
    from changed_logins
    where login_id is not null

    union distinct

    select new_logins.login_id
    from new_logins
    cross join former_build
    where new_logins.login_id is not null
)

select * from keys_affected
