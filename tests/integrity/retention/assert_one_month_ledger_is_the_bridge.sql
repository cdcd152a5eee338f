with

retention_methods as (
    select * from {{ ref('kpi_retention_methods') }}
),

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

expected_numerators as (
    select
        month,
        'nrr' as metric,
        mrr_start - churn_mrr - contraction_mrr + expansion_mrr as expected
    from retention_monthly

    union all

    select
        month,
        'grr' as metric,
        mrr_start - churn_mrr - contraction_mrr as expected
    from retention_monthly

    union all

    select
        month,
        'logo' as metric,
        logos_start - churned_logos as expected
    from retention_monthly
),

differing_months as (
    select
        retention_methods.month,
        retention_methods.metric,
        retention_methods.numerator,
        expected_numerators.expected
    from retention_methods
    inner join expected_numerators
        on
            retention_methods.month = expected_numerators.month
            and retention_methods.metric = expected_numerators.metric
    where
        retention_methods.method = 'ledger'
        and retention_methods.window_months = 1
        and retention_methods.numerator <> expected_numerators.expected
)

select * from differing_months
