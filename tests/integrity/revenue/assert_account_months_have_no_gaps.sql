with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

months_before as (
    select
        account_id,
        month,
        lag(month) over (partition by account_id order by month) as month_before
    from mrr_monthly
),

gaps as (
    select *
    from months_before
    where {{ add_months('month_before', 1) }} <> month
)

select * from gaps
