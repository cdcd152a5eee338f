with

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

months as (
    select * from {{ ref('int_months') }}
),

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

seat_periods as (
    select * from {{ ref('int_account_seat_periods') }}
),

role_logins as (
    select * from {{ ref('int_account_role_logins') }}
),

account_months as (
    select
        lifetimes.account_id,
        months.month,
        months.state_date,
        {{ days_between('months.month', 'months.state_date') }} + 1 as days_of_month
    from lifetimes
    inner join months
        on lifetimes.first_active_date <= months.state_date
    where lifetimes.is_current
),

seat_days as (
    select
        seat_periods.account_id,
        months.month,
        sum(
            seat_periods.licensed_seats * {{ days_between(
                'greatest(seat_periods.valid_from, months.month)',
                'least(seat_periods.valid_to, ' ~ add_days('months.state_date', 1) ~ ')'
            ) }}
        ) as seat_days
    from seat_periods
    inner join months
        on
            seat_periods.valid_from <= months.state_date
            and seat_periods.valid_to > months.month
    group by seat_periods.account_id, months.month
),

account_month_seats as (
    select
        ---------- ids
        account_months.account_id,
        ---------- numbers
        {{ money('coalesce(account_usage.licensed_seats, 0)') }} as seats_end,
        {{ ratio('coalesce(seat_days.seat_days, 0)', 'account_months.days_of_month') }} as seats_time_weighted,
        {{ money(
            'greatest(coalesce(account_usage.licensed_seats, 0) - coalesce(account_usage.mau, 0), 0)'
        ) }} as unused_seats,
        cast(coalesce(role_logins.champion_logins_28d, 0) as integer) as champion_logins_28d,
        cast(coalesce(role_logins.admin_logins_28d, 0) as integer) as admin_logins_28d,
        ---------- booleans
        coalesce(account_usage.is_active, false) as is_active_end,
        cast(account_usage.account_id is not null as boolean) as has_usage,
        ---------- dates
        account_months.month
    from account_months
    left join account_usage
        on
            account_months.account_id = account_usage.account_id
            and account_months.state_date = account_usage.date
    left join seat_days
        on
            account_months.account_id = seat_days.account_id
            and account_months.month = seat_days.month
    left join role_logins
        on
            account_months.account_id = role_logins.account_id
            and account_months.month = role_logins.month
)

select * from account_month_seats
