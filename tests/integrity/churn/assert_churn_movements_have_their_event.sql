with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

movements_without_event as (
    select
        mrr_monthly.account_id,
        mrr_monthly.month
    from mrr_monthly
    left join churn_events
        on
            mrr_monthly.account_id = churn_events.account_id
            and mrr_monthly.month = churn_events.churn_month
            and churn_events.is_recognised
    where
        mrr_monthly.movement = 'churn'
        and churn_events.churn_event_id is null
)

select * from movements_without_event
