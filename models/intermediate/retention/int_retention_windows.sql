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
    where account_months.is_active_end
),

-- Both ends at the rate of the opening month, so that a rate never looks like retention.
constant_mrr as (
    select
        start_accounts.account_id,
        start_accounts.month_index,
        start_accounts.window_months,
        sum(
            case
                when currency_months.month_index = start_accounts.opening_index
                    then {{ at_rate('currency_months.local_mrr', 'rates.rate') }}
                else 0
            end
        ) as opening_mrr,
        sum(
            case
                when currency_months.month_index = start_accounts.month_index
                    then {{ at_rate('currency_months.local_mrr', 'rates.rate') }}
                else 0
            end
        ) as closing_mrr
    from start_accounts
    inner join currency_months
        on
            start_accounts.account_id = currency_months.account_id
            and currency_months.month_index in (start_accounts.opening_index, start_accounts.month_index)
    inner join rates
        on
            currency_months.currency = rates.currency
            and start_accounts.opening_index = rates.month_index
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
        {{ money('coalesce(constant_mrr.opening_mrr, 0)') }} as opening_mrr,
        {{ money('coalesce(constant_mrr.closing_mrr, 0)') }} as closing_mrr,
        {{ money('least(coalesce(constant_mrr.opening_mrr, 0), coalesce(constant_mrr.closing_mrr, 0))') }} as kept_mrr,
        ---------- booleans
        coalesce(closing_months.is_active_end, false) as is_retained,
        ---------- dates
        start_accounts.month
    from start_accounts
    left join constant_mrr
        on
            start_accounts.account_id = constant_mrr.account_id
            and start_accounts.month_index = constant_mrr.month_index
            and start_accounts.window_months = constant_mrr.window_months
    left join account_months as closing_months
        on
            start_accounts.account_id = closing_months.account_id
            and start_accounts.month_index = closing_months.month_index
)

select * from retained_accounts
