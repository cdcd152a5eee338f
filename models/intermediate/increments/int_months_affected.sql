with

account_months as (
    select * from {{ ref('int_account_active_months') }}
),

former_account_months as (
    select * from {{ source('state', 'account_months') }}
),

login_days_affected as (
    select * from {{ ref('int_login_days_affected') }}
),

month_login_days as (
    select * from {{ ref('int_month_login_days') }}
),

new_account_months as (
    select
        account_id,
        month,
        state_date
    from account_months

    except

    select
        account_id,
        month,
        state_date
    from former_account_months
),

lost_account_months as (
    select
        account_id,
        month,
        state_date
    from former_account_months

    except

    select
        account_id,
        month,
        state_date
    from account_months
),

months_affected as (
    select month
    from new_account_months

    union distinct

    select month
    from lost_account_months

    union distinct

    select month_login_days.month
    from login_days_affected
    inner join month_login_days
        on login_days_affected.login_date = month_login_days.date
)

select * from months_affected
