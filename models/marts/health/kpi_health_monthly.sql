with

health_totals as (
    select * from {{ ref('int_health_totals') }}
),

health_monthly as (
    select
        ---------- numbers
        health_accounts,
        scored_accounts,
        health_scored_share,
        at_risk_accounts,
        neutral_accounts,
        healthy_accounts,
        unknown_accounts,
        at_risk_mrr,
        neutral_mrr,
        healthy_mrr,
        unknown_mrr,
        moved_up_accounts,
        moved_down_accounts,
        health_score_mean,
        health_coverage_mean,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from health_totals
    where dimension = 'all'
)

select * from health_monthly
