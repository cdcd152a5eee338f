with

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

wrong_dates as (
    select
        churn_events.churn_event_id,
        churn_events.status,
        churn_events.churn_date,
        churn_events.recognised_date,
        churn_events.returned_on
    from churn_events
    cross join as_of
    where
        churn_events.recognised_date <> {{ add_days('churn_events.churn_date', var('renewal_grace_days')) }}
        or (churn_events.status = 'pending' and churn_events.churn_date <= as_of.as_of_date)
        or (churn_events.status = 'grace' and churn_events.recognised_date <= as_of.as_of_date)
        or (churn_events.is_recognised and churn_events.recognised_date > as_of.as_of_date)
        or (churn_events.is_recognised and churn_events.returned_on <= churn_events.recognised_date)
        or (churn_events.status = 'renewed_late' and churn_events.returned_on > churn_events.recognised_date)
)

select * from wrong_dates
