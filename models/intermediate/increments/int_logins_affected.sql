with

logins as (
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

-- New rows, rows whose people are not what they were, and rows that were still to come.
changed_keys as (
    select new_logins.login_id
    from new_logins
    cross join former_build

    union distinct

    select logins.login_id
    from logins
    inner join users_changed
        on logins.user_id = users_changed.user_id
    cross join former_build

    union distinct

    select logins.login_id
    from logins
    inner join accounts_changed
        on logins.account_id = accounts_changed.account_id
    cross join former_build

    union distinct

    select logins.login_id
    from logins
    inner join former_build
        on logins.login_date > former_build.as_of_date
),

-- Whichever row of a key was in use before, its repetitions may be now.
logins_affected as (
    select distinct
        ---------- ids
        logins.user_id,
        logins.account_id,
        ---------- dates
        logins.login_date
    from logins
    inner join changed_keys
        on logins.login_id = changed_keys.login_id
)

select * from logins_affected
