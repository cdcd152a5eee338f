with

account_month_health as (
    select * from {{ ref('int_account_month_health') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

dimension_totals as (
    select
        account_month_health.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(account_month_health.health_accounts) as health_accounts,
        sum(account_month_health.scored_accounts) as scored_accounts,
        sum(account_month_health.at_risk_accounts) as at_risk_accounts,
        sum(account_month_health.neutral_accounts) as neutral_accounts,
        sum(account_month_health.healthy_accounts) as healthy_accounts,
        sum(account_month_health.unknown_accounts) as unknown_accounts,
        sum(account_month_health.at_risk_mrr) as at_risk_mrr,
        sum(account_month_health.neutral_mrr) as neutral_mrr,
        sum(account_month_health.healthy_mrr) as healthy_mrr,
        sum(account_month_health.unknown_mrr) as unknown_mrr,
        sum(account_month_health.moved_up_accounts) as moved_up_accounts,
        sum(account_month_health.moved_down_accounts) as moved_down_accounts,
        sum(account_month_health.health_score_sum) as health_score_sum,
        sum(account_month_health.health_coverage_sum) as health_coverage_sum
    from account_month_health
    inner join dimensions
        on account_month_health.account_id = dimensions.account_id
    group by
        account_month_health.month,
        dimensions.dimension,
        dimensions.dimension_value
),

health_totals as (
    select
        ---------- strings
        dimension_months.dimension,
        dimension_months.dimension_value,
        ---------- numbers
        cast(coalesce(dimension_totals.health_accounts, 0) as integer) as health_accounts,
        cast(coalesce(dimension_totals.scored_accounts, 0) as integer) as scored_accounts,
        {{ ratio('dimension_totals.scored_accounts', 'dimension_totals.health_accounts') }} as health_scored_share,
        cast(coalesce(dimension_totals.at_risk_accounts, 0) as integer) as at_risk_accounts,
        cast(coalesce(dimension_totals.neutral_accounts, 0) as integer) as neutral_accounts,
        cast(coalesce(dimension_totals.healthy_accounts, 0) as integer) as healthy_accounts,
        cast(coalesce(dimension_totals.unknown_accounts, 0) as integer) as unknown_accounts,
        {{ money('coalesce(dimension_totals.at_risk_mrr, 0)') }} as at_risk_mrr,
        {{ money('coalesce(dimension_totals.neutral_mrr, 0)') }} as neutral_mrr,
        {{ money('coalesce(dimension_totals.healthy_mrr, 0)') }} as healthy_mrr,
        {{ money('coalesce(dimension_totals.unknown_mrr, 0)') }} as unknown_mrr,
        cast(coalesce(dimension_totals.moved_up_accounts, 0) as integer) as moved_up_accounts,
        cast(coalesce(dimension_totals.moved_down_accounts, 0) as integer) as moved_down_accounts,
        {{ money('coalesce(dimension_totals.health_score_sum, 0)') }} as health_score_sum,
        {{ ratio('dimension_totals.health_score_sum', 'dimension_totals.scored_accounts') }} as health_score_mean,
        {{ money('coalesce(dimension_totals.health_coverage_sum, 0)') }} as health_coverage_sum,
        {{ ratio('dimension_totals.health_coverage_sum', 'dimension_totals.health_accounts') }}
            as health_coverage_mean,
        ---------- booleans
        dimension_months.is_complete,
        ---------- dates
        dimension_months.month
    from dimension_months
    left join dimension_totals
        on
            dimension_months.month = dimension_totals.month
            and dimension_months.dimension = dimension_totals.dimension
            and dimension_months.dimension_value = dimension_totals.dimension_value
)

select * from health_totals
