with

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

user_login_days as (
    select * from {{ ref('int_user_login_days') }}
),

months as (
    select * from {{ ref('int_months') }}
),

days as (
    select * from {{ ref('int_calendar_days') }}
),

active_accounts as (
    select
        account_usage.*,
        months.month
    from account_usage
    inner join months
        on account_usage.date = months.state_date
    where account_usage.is_active
),

account_totals as (
    select
        month,
        count(*) as active_accounts,
        sum(licensed_seats) as licensed_seats,
        sum(case when logins_28d = 0 then 1 else 0 end) as accounts_without_login
    from active_accounts
    group by month
),

window_days as (
    select
        months.month,
        days.date
    from months
    inner join days
        on
            {{ add_days('months.state_date', -28) }} < days.date
            and months.state_date >= days.date
),

-- One row per user and day over all accounts: a user of two accounts is one person.
user_days as (
    select distinct
        window_days.month,
        user_login_days.user_id,
        user_login_days.login_date
    from user_login_days
    inner join window_days
        on user_login_days.login_date = window_days.date
    inner join active_accounts
        on
            user_login_days.account_id = active_accounts.account_id
            and window_days.month = active_accounts.month
    where
        user_login_days.user_id is not null
        and user_login_days.logins > 0
),

user_totals as (
    select
        month,
        count(distinct user_id) as mau,
        count(*) as dau_sum_28d
    from user_days
    group by month
),

adoption_monthly as (
    select
        ---------- numbers
        cast(coalesce(account_totals.active_accounts, 0) as integer) as active_accounts,
        cast(coalesce(user_totals.mau, 0) as integer) as mau,
        {{ money('coalesce(account_totals.licensed_seats, 0)') }} as licensed_seats,
        {{ ratio('coalesce(user_totals.mau, 0)', 'account_totals.licensed_seats') }} as login_rate,
        cast(coalesce(user_totals.dau_sum_28d, 0) as integer) as dau_sum_28d,
        {{ ratio('user_totals.dau_sum_28d', '28 * user_totals.mau') }} as stickiness,
        cast(coalesce(account_totals.accounts_without_login, 0) as integer) as accounts_without_login,
        ---------- booleans
        months.is_complete,
        ---------- dates
        months.month
    from months
    left join account_totals
        on months.month = account_totals.month
    left join user_totals
        on months.month = user_totals.month
)

select * from adoption_monthly
