with

upsells as (
    select * from {{ ref('int_account_month_upsells') }}
),

cross_sells as (
    select * from {{ ref('int_account_month_cross_sells') }}
),

opportunities as (
    select * from {{ ref('fct_opportunity') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- One row per way in which an account grew in a month, or was about to.
growth_months as (
    select
        account_id,
        month,
        upsell_mrr,
        0 as cross_sell_mrr,
        1 as upsell_accounts,
        0 as cross_sell_accounts,
        0 as opportunities_opened,
        0 as opportunities_closed,
        0 as opportunities_won,
        0 as wins_with_signal,
        0 as won_amount
    from upsells

    union all

    select
        account_id,
        month,
        0 as upsell_mrr,
        cross_sell_mrr,
        0 as upsell_accounts,
        1 as cross_sell_accounts,
        0 as opportunities_opened,
        0 as opportunities_closed,
        0 as opportunities_won,
        0 as wins_with_signal,
        0 as won_amount
    from cross_sells
    where cross_sell_mrr > 0

    union all

    select
        account_id,
        {{ month_start('opened_date') }} as month,
        0 as upsell_mrr,
        0 as cross_sell_mrr,
        0 as upsell_accounts,
        0 as cross_sell_accounts,
        1 as opportunities_opened,
        0 as opportunities_closed,
        0 as opportunities_won,
        0 as wins_with_signal,
        0 as won_amount
    from opportunities
    where is_expansion

    union all

    select
        account_id,
        {{ month_start('closed_date') }} as month,
        0 as upsell_mrr,
        0 as cross_sell_mrr,
        0 as upsell_accounts,
        0 as cross_sell_accounts,
        0 as opportunities_opened,
        1 as opportunities_closed,
        case when is_won then 1 else 0 end as opportunities_won,
        case when days_from_signal is not null then 1 else 0 end as wins_with_signal,
        case when is_won then coalesce(amount, 0) else 0 end as won_amount
    from opportunities
    where
        is_expansion
        and not is_open
),

account_month_expansion as (
    select
        ---------- ids
        growth_months.account_id,
        ---------- numbers
        {{ total('growth_months.upsell_mrr') }} as upsell_mrr,
        {{ total('growth_months.cross_sell_mrr') }} as cross_sell_mrr,
        {{ tally('growth_months.upsell_accounts') }} as upsell_accounts,
        {{ tally('growth_months.cross_sell_accounts') }} as cross_sell_accounts,
        {{ tally('growth_months.opportunities_opened') }} as opportunities_opened,
        {{ tally('growth_months.opportunities_closed') }} as opportunities_closed,
        {{ tally('growth_months.opportunities_won') }} as opportunities_won,
        {{ tally('growth_months.wins_with_signal') }} as wins_with_signal,
        {{ total('growth_months.won_amount') }} as won_amount,
        ---------- dates
        growth_months.month
    from growth_months
    inner join months
        on growth_months.month = months.month
    group by growth_months.account_id, growth_months.month
)

select * from account_month_expansion
