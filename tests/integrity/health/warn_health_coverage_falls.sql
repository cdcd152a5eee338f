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
    where alarm = 'coverage_falls'
)

select * from ringing
