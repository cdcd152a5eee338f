with

timeline_events as (
    select * from {{ ref('int_timeline_events') }}
),

event_months as (
    select
        account_id,
        {{ month_start('occurred_at') }} as month,
        count(*) as events
    from timeline_events
    group by account_id, {{ month_start('occurred_at') }}
),

timeline_months as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(sum(events) over (partition by account_id order by month) - events as integer) as events_before,
        ---------- dates
        month
    from event_months
)

select * from timeline_months
