with

alarms as (
    select * from {{ ref('int_health_alarms') }}
),

ringing as (
    select
        alarm,
        figure,
        compared_figure
    from alarms
    where alarm = 'bands_not_ordered'
)

select * from ringing
