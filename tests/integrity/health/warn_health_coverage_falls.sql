with

alarms as (
    select * from {{ ref('int_health_alarms') }}
),

ringing as (
    select *
    from alarms
    where alarm = 'coverage_falls'
)

select * from ringing
