with

revenue as (
    select * from {{ ref('int_timeline_revenue') }}
),

churn as (
    select * from {{ ref('int_timeline_churn') }}
),

support as (
    select * from {{ ref('int_timeline_support') }}
),

engagement as (
    select * from {{ ref('int_timeline_engagement') }}
),

sales as (
    select * from {{ ref('int_timeline_sales') }}
),

health as (
    select * from {{ ref('int_timeline_health') }}
),

all_events as (
    select * from revenue
    union all
    select * from churn
    union all
    select * from support
    union all
    select * from engagement
    union all
    select * from sales
    union all
    select * from health
),

titled_events as (
    select
        *,
        kind || coalesce('.' || variant, '') as title_id
    from all_events
),

timeline_events as (
    select
        ---------- ids
        event_id,
        account_id,
        title_id,
        ---------- strings
        kind,
        variant,
        title_amount,
        title_subject,
        detail,
        ---------- numbers
        mrr_delta,
        ---------- timestamps
        occurred_at
    from titled_events
)

select * from timeline_events
