with

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

activity_spells as (
    select * from {{ ref('int_activity_spells') }}
),

users as (
    select * from {{ ref('dim_user') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

-- Days that every build looks at: 28 days before the as-of date is another day tomorrow.
lasting_dates as (
    select
        date,
        lead(date, 1, {{ far_future() }}) over (order by date) as next_date
    from observation_dates
    where is_sunday or is_month_end
),

known_people as (
    select
        account_id,
        min(created_date) as first_user_date
    from users
    where not is_internal
    group by account_id
),

-- Without a login the count begins with the first person who could log in.
observed as (
    select
        account_usage.*,
        least(lasting_dates.next_date, activity_spells.active_to) as holds_until,
        {{ days_between('activity_spells.active_from', 'account_usage.date') }} as days_active,
        case
            when coalesce(account_usage.last_login_date, known_people.first_user_date) is not null
                then greatest(
                    activity_spells.active_from,
                    coalesce(account_usage.last_login_date, known_people.first_user_date)
                )
        end as unused_since
    from account_usage
    inner join lasting_dates
        on account_usage.date = lasting_dates.date
    inner join activity_spells
        on
            account_usage.account_id = activity_spells.account_id
            and account_usage.date >= activity_spells.active_from
            and account_usage.date < activity_spells.active_to
            and activity_spells.is_current
    left join known_people
        on account_usage.account_id = known_people.account_id
),

raised as (
    select
        observed.*,
        rules.signal,
        rules.threshold
    from observed
    inner join rules
        on observed.days_active >= rules.minimum_tenure_days
    where
        (
            rules.signal = 'login_drop'
            and observed.logins_28d <= rules.threshold * observed.logins_prev_28d
            and observed.logins_prev_28d - observed.logins_28d >= rules.minimum_count
        )
        or (
            rules.signal = 'no_login'
            and {{ days_between('observed.unused_since', 'observed.date') }} >= rules.threshold
        )
        or (
            rules.signal = 'seat_underuse'
            and observed.licensed_seats >= rules.minimum_count
            and observed.login_rate < rules.threshold
        )
),

usage_signals as (
    select
        ---------- ids
        account_id,
        ---------- strings
        signal,
        ---------- numbers
        cast(
            case
                when signal = 'login_drop' then {{ ratio('logins_28d', 'logins_prev_28d') }}
                when signal = 'seat_underuse' then login_rate
            end as {{ double_type() }}
        ) as value,
        cast(threshold as {{ double_type() }}) as threshold,
        ---------- dates
        case when signal = 'no_login' then unused_since end as counted_from,
        date as opened_on,
        holds_until as closed_on
    from raised
)

select * from usage_signals
