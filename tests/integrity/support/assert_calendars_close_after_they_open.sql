with

business_hours as (
    select * from {{ ref('business_hours') }}
),

calendars as (
    select * from {{ ref('business_calendars') }}
),

default_calendar as (
    select count(*) as default_count
    from calendars
    where calendar_id = 'default'
),

wrong_hours as (
    select
        calendar_id,
        opens_at,
        closes_at
    from business_hours
    where closes_at <= opens_at

    union all

    select
        'default' as calendar_id,
        cast(null as {{ text_type() }}) as opens_at,
        cast(null as {{ text_type() }}) as closes_at
    from default_calendar
    where default_count = 0
)

select * from wrong_hours
