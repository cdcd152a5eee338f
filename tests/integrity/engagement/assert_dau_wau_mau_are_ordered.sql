with

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

disordered_rows as (
    select
        account_id,
        date,
        dau,
        wau,
        mau
    from account_usage
    where
        dau > wau
        or wau > mau
)

select * from disordered_rows
