with

method_bridge as (
    select * from {{ ref('kpi_method_bridge') }}
),

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

own_figures as (
    select
        method_bridge.*,
        case
            when method_bridge.metric = 'logo_churn_rate' then retention_monthly.logo_churn_rate
            when method_bridge.metric = 'gross_revenue_churn_rate' then retention_monthly.gross_revenue_churn_rate
            when method_bridge.metric = 'net_revenue_churn_rate' then retention_monthly.net_revenue_churn_rate
            when method_bridge.metric = 'quick_ratio' then retention_monthly.quick_ratio
            when method_bridge.metric = 'mrr_growth'
                then
                    retention_monthly.mrr_end - retention_monthly.mrr_start - retention_monthly.reactivation_mrr
                    - retention_monthly.resume_mrr + retention_monthly.pause_mrr - retention_monthly.fx_mrr
        end as published
    from method_bridge
    inner join retention_monthly
        on method_bridge.month = retention_monthly.month
    where
        method_bridge.component = 'ours'
        and method_bridge.metric <> 'nrr_30d'
),

other_figures as (
    select
        month,
        tool,
        metric,
        amount,
        published
    from own_figures
    where coalesce(abs(amount - published), 1) > 0.000000001 * greatest(1, abs(amount))
)

select * from other_figures
