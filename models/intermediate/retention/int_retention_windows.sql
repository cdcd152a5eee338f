with

account_months as (
    select * from {{ ref('int_account_months') }}
),

currency_months as (
    select * from {{ ref('int_account_currency_months') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

windows as (
    select 1 as window_months
    union all
    select 3 as window_months
    union all
    select 12 as window_months
),

start_accounts as (
    select
        account_months.account_id,
        account_months.month_index as opening_index,
        months.month_index,
        months.month,
        windows.window_months
    from account_months
    cross join windows
    inner join months
        on account_months.month_index + windows.window_months = months.month_index
    where
        account_months.is_current
        and account_months.is_active_end
),

opening_amounts as (
    select
        currency_months.account_id,
        currency_months.month_index,
        sum({{ at_rate('currency_months.local_mrr', 'rates.rate') }}) as opening_mrr
    from currency_months
    inner join rates
        on
            currency_months.currency = rates.currency
            and currency_months.month_index = rates.month_index
    where currency_months.is_current
    group by
        currency_months.account_id,
        currency_months.month_index
),

-- The later end at the rate of the opening month too, so that a rate never looks like retention.
closing_amounts as (
    select
        start_accounts.account_id,
        start_accounts.month_index,
        start_accounts.window_months,
        sum({{ at_rate('currency_months.local_mrr', 'rates.rate') }}) as closing_mrr
    from start_accounts
    inner join currency_months
        on
            start_accounts.account_id = currency_months.account_id
            and start_accounts.month_index = currency_months.month_index
    inner join rates
        on
            currency_months.currency = rates.currency
            and start_accounts.opening_index = rates.month_index
    where currency_months.is_current
    group by
        start_accounts.account_id,
        start_accounts.month_index,
        start_accounts.window_months
),

retained_accounts as (
    select
        ---------- ids
        start_accounts.account_id,
        ---------- numbers
        start_accounts.window_months,
        start_accounts.month_index,
        {{ money('coalesce(opening_amounts.opening_mrr, 0)') }} as opening_mrr,
        {{ money('coalesce(closing_amounts.closing_mrr, 0)') }} as closing_mrr,
        {{ money(
            'least(coalesce(opening_amounts.opening_mrr, 0), coalesce(closing_amounts.closing_mrr, 0))'
        ) }} as kept_mrr,
        ---------- booleans
        coalesce(closing_months.is_active_end, false) as is_retained,
        ---------- dates
        start_accounts.month
    from start_accounts
    left join opening_amounts
        on
            start_accounts.account_id = opening_amounts.account_id
            and start_accounts.opening_index = opening_amounts.month_index
    left join closing_amounts
        on
            start_accounts.account_id = closing_amounts.account_id
            and start_accounts.month_index = closing_amounts.month_index
            and start_accounts.window_months = closing_amounts.window_months
    left join account_months as closing_months
        on
            start_accounts.account_id = closing_months.account_id
            and start_accounts.month_index = closing_months.month_index
            and closing_months.is_current
)

select * from retained_accounts
