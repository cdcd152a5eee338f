with

logins as (
    select * from {{ ref('int_logins_read') }}
),

keys_affected as (
    select * from {{ ref('int_login_keys_affected') }}
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
    inner join keys_affected
        on logins.login_id = keys_affected.login_id
)

select * from logins_affected
