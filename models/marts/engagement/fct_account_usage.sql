with

seat_periods as (
    select * from {{ ref('int_account_seat_periods') }}
),

login_windows as (
    select * from {{ ref('int_account_login_windows') }}
),

active_users as (
    select * from {{ ref('int_account_active_users') }}
),

last_logins as (
    select * from {{ ref('int_account_last_logins') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

licensed as (
    select
        seat_periods.account_id,
        observation_dates.date,
        seat_periods.licensed_seats
    from seat_periods
    inner join observation_dates
        on
            seat_periods.valid_from <= observation_dates.date
            and seat_periods.valid_to > observation_dates.date
),

observed as (
    select
        account_id,
        date
    from licensed

    union distinct

    select
        account_id,
        date
    from login_windows
    where login_days_28d > 0
),

account_usage as (
    select
        ---------- ids
        observed.account_id,
        ---------- numbers
        coalesce(login_windows.dau, 0) as dau,
        coalesce(active_users.wau, 0) as wau,
        coalesce(active_users.mau, 0) as mau,
        coalesce(login_windows.logins_28d, 0) as logins_28d,
        coalesce(login_windows.login_days_28d, 0) as login_days_28d,
        coalesce(login_windows.logins_prev_28d, 0) as logins_prev_28d,
        {{ days_between('last_logins.last_login_date', 'observed.date') }} as days_since_login,
        {{ money('coalesce(licensed.licensed_seats, 0)') }} as licensed_seats,
        {{ ratio('coalesce(active_users.mau, 0)', 'licensed.licensed_seats') }} as login_rate,
        {{ ratio('coalesce(login_windows.dau_sum_28d, 0)', '28 * active_users.mau') }} as stickiness,
        ---------- booleans
        cast(licensed.account_id is not null as boolean) as is_active,
        ---------- dates
        observed.date,
        last_logins.last_login_date
    from observed
    left join licensed
        on
            observed.account_id = licensed.account_id
            and observed.date = licensed.date
    left join login_windows
        on
            observed.account_id = login_windows.account_id
            and observed.date = login_windows.date
    left join active_users
        on
            observed.account_id = active_users.account_id
            and observed.date = active_users.date
    left join last_logins
        on
            observed.account_id = last_logins.account_id
            and observed.date = last_logins.date
)

select * from account_usage
