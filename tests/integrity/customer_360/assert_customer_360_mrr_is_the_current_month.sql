with

customers as (
    select * from {{ ref('customer_360') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_months as (
    select
        mrr_monthly.account_id,
        mrr_monthly.mrr_end
    from mrr_monthly
    cross join as_of
    where mrr_monthly.month = {{ month_start('as_of.as_of_date') }}
),

differing_accounts as (
    select
        customers.account_id,
        customers.mrr,
        current_months.mrr_end
    from customers
    left join current_months
        on customers.account_id = current_months.account_id
    where
        coalesce(customers.mrr, 0) <> coalesce(current_months.mrr_end, 0)
        or (customers.mrr is null) <> customers.is_internal
)

select * from differing_accounts
