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

first_new_date as (
    select min(observation_dates.date) as affected_from
    from observation_dates
    left join former_dates
        on observation_dates.date = former_dates.date
    where former_dates.date is null
),

accounts_seen as (
    select distinct account_login_days.account_id
    from account_login_days
    cross join former_build
),

first_days as (
    select
        account_id,
        login_date as affected_from
    from login_days_affected

    union all

    select
        accounts_seen.account_id,
        first_new_date.affected_from
    from accounts_seen
    cross join first_new_date
    where first_new_date.affected_from is not null
),

accounts_affected as (
    select
        ---------- ids
        account_id,
        ---------- dates
        min(affected_from) as affected_from
    from first_days
    group by account_id
)

select * from accounts_affected
