with

months as (
    select * from {{ ref('int_months') }}
),

days as (
    select * from {{ ref('int_calendar_days') }}
),

login_days as (
    select
        ---------- dates
        months.month,
        days.date
    from months
    inner join days
        on
            {{ add_days('months.state_date', -28) }} < days.date
            and months.state_date >= days.date
)

select * from login_days
