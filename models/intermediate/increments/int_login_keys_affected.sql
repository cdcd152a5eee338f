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

-- Rows that were still to come, and rows whose people are not what they were. Each is asked for by
-- itself: what there is none of needs no look at the rows then.
changed_logins as (
    select logins.login_id
    from logins
    cross join former_build
    where logins.login_date > former_build.as_of_date

    union all

    select logins.login_id
    from logins
    inner join users_changed
        on logins.user_id = users_changed.user_id

    union all

    select logins.login_id
    from logins
    inner join accounts_changed
        on logins.account_id = accounts_changed.account_id
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
