with

expansion_totals as (
    select * from {{ ref('int_expansion_totals') }}
),

retention_totals as (
    select * from {{ ref('int_retention_totals') }}
),

expansion_monthly as (
    select
        ---------- numbers
        retention_totals.mrr_start,
        retention_totals.logos_start,
        expansion_totals.upsell_mrr,
        {{ ratio('expansion_totals.upsell_mrr', 'retention_totals.mrr_start') }} as upsell_mrr_rate,
        expansion_totals.upsell_accounts,
        {{ ratio('expansion_totals.upsell_accounts', 'retention_totals.logos_start') }} as upsell_rate,
        expansion_totals.cross_sell_mrr,
        expansion_totals.cross_sell_accounts,
        {{ ratio('expansion_totals.cross_sell_accounts', 'retention_totals.logos_start') }} as cross_sell_rate,
        expansion_totals.opportunities_opened,
        expansion_totals.opportunities_closed,
        expansion_totals.opportunities_won,
        {{ ratio('expansion_totals.opportunities_won', 'expansion_totals.opportunities_closed') }} as win_rate,
        expansion_totals.won_amount,
        expansion_totals.wins_with_signal,
        expansion_totals.days_from_signal_median,
        ---------- booleans
        expansion_totals.is_complete,
        ---------- dates
        expansion_totals.month
    from expansion_totals
    inner join retention_totals
        on
            expansion_totals.month = retention_totals.month
            and expansion_totals.dimension = retention_totals.dimension
            and expansion_totals.dimension_value = retention_totals.dimension_value
    where expansion_totals.dimension = 'all'
)

select * from expansion_monthly
