with

alarms as (
    select * from {{ ref('int_health_alarms') }}
),

ringing as (
    select *
    from alarms
    where alarm = 'no_better_than_logins'
)

select * from ringing
