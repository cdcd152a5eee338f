with

opportunities as (
    select * from {{ ref('int_opportunities_current') }}
),

signals as (
    select * from {{ ref('int_account_expansion_signals') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

first_rated_month as (
    select min(month_index) as first_month_index
    from rates
),

dated_opportunities as (
    select
        opportunities.opportunity_id,
        opportunities.account_id,
        opportunities.product_id,
        opportunities.opportunity_kind,
        opportunities.opportunity_stage,
        opportunities.local_amount,
        opportunities.is_won,
        coalesce(opportunities.currency, '{{ var("reporting_currency") }}') as currency,
        {{ reporting_date('opportunities.opened_at') }} as opened_date,
        {{ reporting_date('opportunities.closed_at') }} as closed_date,
        coalesce({{ reporting_date('opportunities.closed_at') }}, as_of.as_of_date) as last_date
    from opportunities
    cross join as_of
    where not opportunities.is_account_internal
),

first_signals as (
    select
        dated_opportunities.opportunity_id,
        min(signals.signal_date) as first_signal_date
    from dated_opportunities
    inner join signals
        on
            dated_opportunities.account_id = signals.account_id
            and dated_opportunities.last_date >= signals.signal_date
            and dated_opportunities.last_date <= signals.counts_until_date
    group by dated_opportunities.opportunity_id
),

-- Months before the first one of the book have no rate of their own.
rated_opportunities as (
    select
        dated_opportunities.*,
        rates.rate
    from dated_opportunities
    cross join first_rated_month
    inner join rates
        on
            dated_opportunities.currency = rates.currency
            and greatest({{ month_index('dated_opportunities.last_date') }}, first_rated_month.first_month_index)
            = rates.month_index
),

valued_opportunities as (
    select
        ---------- ids
        rated_opportunities.opportunity_id,
        rated_opportunities.account_id,
        rated_opportunities.product_id,
        ---------- strings
        rated_opportunities.opportunity_kind,
        rated_opportunities.opportunity_stage,
        cast(rated_opportunities.currency as {{ text_type() }}) as currency,
        ---------- numbers
        rated_opportunities.local_amount,
        {{ at_rate('rated_opportunities.local_amount', 'rated_opportunities.rate') }} as amount,
        cast(
            greatest(
                {{ days_between('rated_opportunities.opened_date', 'rated_opportunities.last_date') }}, 0
            ) as integer
        ) as days_open,
        cast(
            case
                when rated_opportunities.is_won
                    then {{ days_between('first_signals.first_signal_date', 'rated_opportunities.closed_date') }}
            end as integer
        ) as days_from_signal,
        ---------- booleans
        cast(rated_opportunities.opportunity_kind in ('upsell', 'cross_sell') as boolean) as is_expansion,
        cast(rated_opportunities.closed_date is null as boolean) as is_open,
        rated_opportunities.is_won,
        ---------- dates
        rated_opportunities.opened_date,
        rated_opportunities.closed_date,
        first_signals.first_signal_date
    from rated_opportunities
    left join first_signals
        on rated_opportunities.opportunity_id = first_signals.opportunity_id
)

select * from valued_opportunities
