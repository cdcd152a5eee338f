with

observations as (
    select * from {{ ref('int_health_observations') }}
),

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

known_seats as (
    select * from {{ ref('int_account_seats_known') }}
),

known_people as (
    select * from {{ ref('int_account_people_known') }}
),

first_days as (
    select * from {{ ref('int_first_days') }}
),

-- Before the first login of all nothing was measured; from then on no login is a proven 0.
measured as (
    select
        observations.account_id,
        observations.date,
        account_usage.logins_28d,
        account_usage.login_days_28d,
        account_usage.logins_prev_28d,
        account_usage.mau,
        known_seats.known_seats,
        known_people.known_people,
        coalesce(first_days.first_login_date <= observations.date, false) as is_measured,
        coalesce(
            first_days.first_login_date <= {{ add_days('observations.date', -55) }}, false
        ) as is_measured_twice
    from observations
    cross join first_days
    inner join account_usage
        on
            observations.account_id = account_usage.account_id
            and observations.date = account_usage.date
    left join known_seats
        on
            observations.account_id = known_seats.account_id
            and observations.date >= known_seats.valid_from
            and observations.date < known_seats.valid_to
    left join known_people
        on
            observations.account_id = known_people.account_id
            and observations.date >= known_people.valid_from
            and observations.date < known_people.valid_to
),

valued as (
    select
        account_id,
        date,
        logins_28d,
        known_seats,
        case when is_measured then cast(login_days_28d as {{ double_type() }}) end as login_days,
        case when is_measured_twice then {{ ratio('logins_28d', 'greatest(logins_prev_28d, 1)') }} end as login_trend,
        case when is_measured then {{ ratio('mau', 'known_seats') }} end as login_rate,
        case when is_measured then {{ ratio('mau', 'known_people') }} end as active_user_share
    from measured
),

health_use as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        logins_28d,
        active_user_share,
        login_days,
        login_rate,
        login_trend,
        ---------- booleans
        true as active_user_share_applies,
        true as login_days_applies,
        cast(coalesce(known_seats > 0, true) as boolean) as login_rate_applies,
        true as login_trend_applies,
        ---------- dates
        date,
        case when active_user_share is not null then date end as active_user_share_on,
        case when login_days is not null then date end as login_days_on,
        case when login_rate is not null then date end as login_rate_on,
        case when login_trend is not null then date end as login_trend_on
    from valued
)

select * from health_use
