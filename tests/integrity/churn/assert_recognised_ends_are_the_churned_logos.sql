with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

monthly_ends as (
    select
        account_id,
        month,
        case when movement = 'churn' then 1 else 0 end + intra_month_ends as ended_spells
    from mrr_monthly
),

monthly_events as (
    select
        account_id,
        churn_month,
        count(*) as recognised_ends
    from churn_events
    where is_recognised
    group by account_id, churn_month
),

differences as (
    select
        coalesce(monthly_ends.account_id, monthly_events.account_id) as account_id,
        coalesce(monthly_ends.month, monthly_events.churn_month) as month,
        monthly_ends.ended_spells,
        monthly_events.recognised_ends
    from monthly_ends
    full outer join monthly_events
        on
            monthly_ends.account_id = monthly_events.account_id
            and monthly_ends.month = monthly_events.churn_month
    where coalesce(monthly_ends.ended_spells, 0) <> coalesce(monthly_events.recognised_ends, 0)
)

select * from differences
