with

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

months as (
    select * from {{ ref('int_months') }}
),

active_months as (
    select
        ---------- ids
        account_usage.account_id,
        ---------- dates
        months.month,
        months.state_date
    from account_usage
    inner join months
        on account_usage.date = months.state_date
    where account_usage.is_active
)

select * from active_months
