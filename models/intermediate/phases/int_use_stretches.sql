with

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

phases as (
    select * from {{ ref('lifecycle_phases') }}
),

numbered_dates as (
    select
        date,
        row_number() over (order by date) as date_number,
        lead(date, 1, {{ far_future() }}) over (order by date) as next_date
    from observation_dates
),

-- Dates in a row have one difference of the two numbers. Without seats one user is enough.
used_dates as (
    select
        account_usage.account_id,
        numbered_dates.date,
        numbered_dates.next_date,
        numbered_dates.date_number - row_number() over (
            partition by account_usage.account_id order by numbered_dates.date
        ) as stretch_number
    from account_usage
    inner join numbered_dates
        on account_usage.date = numbered_dates.date
    inner join phases
        on phases.phase = 'value'
    where
        account_usage.mau > 0
        and account_usage.mau >= phases.min_seat_share * account_usage.licensed_seats
),

use_stretches as (
    select
        ---------- ids
        account_id,
        ---------- dates
        min(date) as valid_from,
        max(next_date) as valid_to
    from used_dates
    group by account_id, stretch_number
)

select * from use_stretches
