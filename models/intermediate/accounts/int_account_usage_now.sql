with

accounts as (
    select * from {{ ref('dim_account') }}
),

users as (
    select * from {{ ref('dim_user') }}
),

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

last_logins as (
    select * from {{ ref('int_account_last_logins') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

user_accounts as (
    select distinct account_id
    from users
    where not is_internal
),

usage_facts as (
    select
        accounts.account_id,
        case
            when accounts.is_internal then 'not_applicable'
            when user_accounts.account_id is null and last_logins.account_id is null then 'no_data'
            else 'ok'
        end as usage_state,
        account_usage.mau,
        account_usage.wau,
        account_usage.logins_28d,
        account_usage.logins_prev_28d,
        account_usage.login_rate,
        account_usage.stickiness,
        last_logins.last_login_date,
        {{ days_between('last_logins.last_login_date', 'as_of.as_of_date') }} as days_since_login
    from accounts
    cross join as_of
    left join user_accounts
        on accounts.account_id = user_accounts.account_id
    left join account_usage
        on
            accounts.account_id = account_usage.account_id
            and as_of.as_of_date = account_usage.date
    left join last_logins
        on
            accounts.account_id = last_logins.account_id
            and as_of.as_of_date = last_logins.date
),

-- Known users without a login are a proven zero, never missing data.
usage_now as (
    select
        ---------- ids
        account_id,
        ---------- strings
        usage_state,
        ---------- numbers
        cast(case when usage_state = 'ok' then coalesce(mau, 0) end as integer) as mau,
        cast(case when usage_state = 'ok' then coalesce(wau, 0) end as integer) as wau,
        login_rate,
        stickiness,
        cast(case when usage_state = 'ok' then coalesce(logins_28d, 0) end as integer) as logins_28d,
        cast(case when usage_state = 'ok' then coalesce(logins_prev_28d, 0) end as integer) as logins_prev_28d,
        days_since_login,
        ---------- dates
        last_login_date
    from usage_facts
)

select * from usage_now
