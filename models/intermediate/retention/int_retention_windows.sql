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

window_openings as (
    select * from {{ ref('int_window_openings') }}
),

opening_rates as (
    select
        currency,
        month_index,
        rate,
        lag(rate, 1) over (partition by currency order by month_index) as rate_1m_before,
        lag(rate, 3) over (partition by currency order by month_index) as rate_3m_before,
        lag(rate, 12) over (partition by currency order by month_index) as rate_12m_before
    from rates
),

-- Each month end at the rate of every month that a window may have opened in, so that a rate never
-- looks like retention.
account_amounts as (
    select
        currency_months.account_id,
        currency_months.month_index,
        sum({{ at_rate('currency_months.local_mrr', 'opening_rates.rate') }}) as mrr,
        sum({{ at_rate('currency_months.local_mrr', 'opening_rates.rate_1m_before') }}) as mrr_1m,
        sum({{ at_rate('currency_months.local_mrr', 'opening_rates.rate_3m_before') }}) as mrr_3m,
        sum({{ at_rate('currency_months.local_mrr', 'opening_rates.rate_12m_before') }}) as mrr_12m
    from currency_months
    inner join opening_rates
        on
            currency_months.currency = opening_rates.currency
            and currency_months.month_index = opening_rates.month_index
    where currency_months.is_current
    group by
        currency_months.account_id,
        currency_months.month_index
),

month_ends as (
    select
        account_months.account_id,
        account_months.month_index,
        account_amounts.mrr,
        account_amounts.mrr_1m,
        account_amounts.mrr_3m,
        account_amounts.mrr_12m
    from account_months
    left join account_amounts
        on
            account_months.account_id = account_amounts.account_id
            and account_months.month_index = account_amounts.month_index
    where
        account_months.is_current
        and account_months.is_active_end
),

compared_ends as (
    select
        opening.account_id,
        window_openings.window_months,
        window_openings.month_index,
        window_openings.month,
        closing.account_id is not null as is_retained,
        coalesce(opening.mrr, 0) as opening_mrr,
        coalesce(
            case
                when window_openings.window_months = 1 then closing.mrr_1m
                when window_openings.window_months = 3 then closing.mrr_3m
                when window_openings.window_months = 12 then closing.mrr_12m
            end,
            0
        ) as closing_mrr
    from month_ends as opening
    inner join window_openings
        on opening.month_index = window_openings.opening_index
    left join month_ends as closing
        on
            opening.account_id = closing.account_id
            and window_openings.month_index = closing.month_index
),

retained_accounts as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        window_months,
        month_index,
        {{ money('opening_mrr') }} as opening_mrr,
        {{ money('closing_mrr') }} as closing_mrr,
        {{ money('least(opening_mrr, closing_mrr)') }} as kept_mrr,
        ---------- booleans
        is_retained,
        ---------- dates
        month
    from compared_ends
)

select * from retained_accounts
