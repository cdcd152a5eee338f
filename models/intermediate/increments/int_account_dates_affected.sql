with

login_days_affected as (
    select * from {{ ref('int_login_days_affected') }}
),

account_login_days as (
    select * from {{ ref('int_account_login_days') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

former_dates as (
    select * from {{ source('state', 'observation_dates') }}
),

former_build as (
    select * from {{ source('state', 'build') }}
),

first_days as (
    select
        account_id,
        min(login_date) as affected_from
    from login_days_affected
    group by account_id
),

accounts_seen as (
    select distinct account_login_days.account_id
    from account_login_days
    cross join former_build
),

new_dates as (
    select observation_dates.date
    from observation_dates
    left join former_dates
        on observation_dates.date = former_dates.date
    where former_dates.date is null
),

-- A new date is new to every account; a changed day is seen by its own one, on all dates that follow it.
dates_affected as (
    select
        ---------- ids
        first_days.account_id,
        ---------- dates
        observation_dates.date
    from first_days
    inner join observation_dates
        on first_days.affected_from <= observation_dates.date

    union distinct

    select
        accounts_seen.account_id,
        new_dates.date
    from accounts_seen
    cross join new_dates
)

select * from dates_affected
