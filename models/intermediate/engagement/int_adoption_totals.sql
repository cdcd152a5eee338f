with

account_month_use as (
    select * from {{ ref('int_account_month_use') }}
),

shared_user_days as (
    select * from {{ ref('int_shared_user_days') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

account_totals as (
    select
        account_month_use.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(account_month_use.active_accounts) as active_accounts,
        sum(account_month_use.licensed_seats) as licensed_seats,
        sum(account_month_use.accounts_without_login) as accounts_without_login,
        sum(account_month_use.sole_users) as sole_users,
        sum(account_month_use.sole_user_days) as sole_user_days
    from account_month_use
    inner join dimensions
        on account_month_use.account_id = dimensions.account_id
    group by
        account_month_use.month,
        dimensions.dimension,
        dimensions.dimension_value
),

-- A user of two accounts is one person wherever both of them count.
distinct_user_days as (
    select distinct
        shared_user_days.month,
        dimensions.dimension,
        dimensions.dimension_value,
        shared_user_days.user_id,
        shared_user_days.login_date
    from shared_user_days
    inner join dimensions
        on shared_user_days.account_id = dimensions.account_id
),

shared_totals as (
    select
        month,
        dimension,
        dimension_value,
        count(distinct user_id) as shared_users,
        count(*) as shared_user_days
    from distinct_user_days
    group by month, dimension, dimension_value
),

totals as (
    select
        dimension_months.*,
        coalesce(account_totals.active_accounts, 0) as active_accounts,
        coalesce(account_totals.licensed_seats, 0) as licensed_seats,
        coalesce(account_totals.accounts_without_login, 0) as accounts_without_login,
        coalesce(account_totals.sole_users, 0) + coalesce(shared_totals.shared_users, 0) as mau,
        coalesce(account_totals.sole_user_days, 0) + coalesce(shared_totals.shared_user_days, 0) as dau_sum_28d
    from dimension_months
    left join account_totals
        on
            dimension_months.month = account_totals.month
            and dimension_months.dimension = account_totals.dimension
            and dimension_months.dimension_value = account_totals.dimension_value
    left join shared_totals
        on
            dimension_months.month = shared_totals.month
            and dimension_months.dimension = shared_totals.dimension
            and dimension_months.dimension_value = shared_totals.dimension_value
),

rated_totals as (
    select
        ---------- strings
        dimension,
        dimension_value,
        ---------- numbers
        cast(active_accounts as integer) as active_accounts,
        cast(mau as integer) as mau,
        {{ money('licensed_seats') }} as licensed_seats,
        {{ ratio('mau', 'licensed_seats') }} as login_rate,
        cast(dau_sum_28d as integer) as dau_sum_28d,
        {{ ratio('dau_sum_28d', '28 * mau') }} as stickiness,
        cast(accounts_without_login as integer) as accounts_without_login,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from totals
)

select * from rated_totals
