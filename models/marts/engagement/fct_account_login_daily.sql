with

account_login_days as (
    select * from {{ ref('int_account_login_days') }}
),

-- Logins of internal people are kept in the day, and counted in neither of its two figures.
login_daily as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        dau,
        logins,
        failed_logins,
        ---------- dates
        login_date as date
    from account_login_days
    where logins + failed_logins > 0
)

select * from login_daily
