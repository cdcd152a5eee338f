with

alarms as (
    select * from {{ ref('int_health_alarms') }}
),

ringing as (
    select *
    from alarms
    where alarm = 'bands_not_ordered'
)

select * from ringing
