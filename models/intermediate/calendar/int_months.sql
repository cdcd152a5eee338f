with

days as (
    select * from {{ ref('int_calendar_days') }}
),

versions as (
    select * from {{ ref('int_contract_versions_valued') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

first_start as (
    select min(start_date) as first_start_date
    from versions
    where
        is_latest
        and not is_deleted
        and is_recurring
        and not is_internal
),

months as (
    select
        ---------- numbers
        {{ month_index('days.date') }} as month_index,
        ---------- booleans
        {{ month_end('days.date') }} <= as_of.as_of_date as is_complete,
        {{ add_days(month_end('days.date'), var('renewal_grace_days')) }} <= as_of.as_of_date as is_final,
        {{ month_start('days.date') }} = {{ month_start('as_of.as_of_date') }} as is_as_of_month,
        ---------- dates
        days.date as month,
        least({{ month_end('days.date') }}, as_of.as_of_date) as state_date
    from days
    cross join as_of
    cross join first_start
    where
        days.date = {{ month_start('days.date') }}
        and days.date >= {{ month_start('first_start.first_start_date') }}
        and days.date <= as_of.as_of_date
)

select * from months
