with

account_month_expansion as (
    select * from {{ ref('int_account_month_expansion') }}
),

opportunities as (
    select * from {{ ref('fct_opportunity') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

dimension_totals as (
    select
        account_month_expansion.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(account_month_expansion.upsell_mrr) as upsell_mrr,
        sum(account_month_expansion.cross_sell_mrr) as cross_sell_mrr,
        sum(account_month_expansion.upsell_accounts) as upsell_accounts,
        sum(account_month_expansion.cross_sell_accounts) as cross_sell_accounts,
        sum(account_month_expansion.opportunities_opened) as opportunities_opened,
        sum(account_month_expansion.opportunities_closed) as opportunities_closed,
        sum(account_month_expansion.opportunities_won) as opportunities_won,
        sum(account_month_expansion.wins_with_signal) as wins_with_signal,
        sum(account_month_expansion.won_amount) as won_amount
    from account_month_expansion
    inner join dimensions
        on account_month_expansion.account_id = dimensions.account_id
    group by
        account_month_expansion.month,
        dimensions.dimension,
        dimensions.dimension_value
),

-- A median over won opportunities is no sum over accounts.
signal_medians as (
    select
        {{ month_start('opportunities.closed_date') }} as month,
        dimensions.dimension,
        dimensions.dimension_value,
        percentile_cont(0.5) within group (order by opportunities.days_from_signal) as days_from_signal_median
    from opportunities
    inner join dimensions
        on opportunities.account_id = dimensions.account_id
    where
        opportunities.is_expansion
        and opportunities.days_from_signal is not null
    group by
        {{ month_start('opportunities.closed_date') }},
        dimensions.dimension,
        dimensions.dimension_value
),

-- Where nobody records opportunities there is no figure of them, and not a 0.
expansion_totals as (
    select
        ---------- strings
        dimension_months.dimension,
        dimension_months.dimension_value,
        ---------- numbers
        {{ money('coalesce(dimension_totals.upsell_mrr, 0)') }} as upsell_mrr,
        {{ money('coalesce(dimension_totals.cross_sell_mrr, 0)') }} as cross_sell_mrr,
        cast(coalesce(dimension_totals.upsell_accounts, 0) as integer) as upsell_accounts,
        cast(coalesce(dimension_totals.cross_sell_accounts, 0) as integer) as cross_sell_accounts,
        cast(
            case
                when sources_connected.has_opportunities then coalesce(dimension_totals.opportunities_opened, 0)
            end as integer
        ) as opportunities_opened,
        cast(
            case
                when sources_connected.has_opportunities then coalesce(dimension_totals.opportunities_closed, 0)
            end as integer
        ) as opportunities_closed,
        cast(
            case
                when sources_connected.has_opportunities then coalesce(dimension_totals.opportunities_won, 0)
            end as integer
        ) as opportunities_won,
        cast(
            case
                when sources_connected.has_opportunities then coalesce(dimension_totals.wins_with_signal, 0)
            end as integer
        ) as wins_with_signal,
        {{ money('case when sources_connected.has_opportunities then coalesce(dimension_totals.won_amount, 0) end') }}
            as won_amount,
        cast(signal_medians.days_from_signal_median as {{ double_type() }}) as days_from_signal_median,
        ---------- booleans
        dimension_months.is_complete,
        ---------- dates
        dimension_months.month
    from dimension_months
    cross join sources_connected
    left join dimension_totals
        on
            dimension_months.month = dimension_totals.month
            and dimension_months.dimension = dimension_totals.dimension
            and dimension_months.dimension_value = dimension_totals.dimension_value
    left join signal_medians
        on
            dimension_months.month = signal_medians.month
            and dimension_months.dimension = signal_medians.dimension
            and dimension_months.dimension_value = signal_medians.dimension_value
)

select * from expansion_totals
