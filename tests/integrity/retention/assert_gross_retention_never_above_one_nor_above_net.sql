with

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

retention_by_segment as (
    select * from {{ ref('kpi_retention_by_segment') }}
),

retention as (
    select
        'all' as dimension,
        '(all)' as dimension_value,
        month,
        opening_mrr_12m,
        closing_mrr_12m,
        kept_mrr_12m
    from retention_monthly

    union all

    select
        dimension,
        value as dimension_value,
        month,
        opening_mrr_12m,
        closing_mrr_12m,
        kept_mrr_12m
    from retention_by_segment
),

-- Compared as amounts: the rates share their denominator, and amounts are exact.
impossible_rows as (
    select *
    from retention
    where
        kept_mrr_12m > opening_mrr_12m
        or kept_mrr_12m > closing_mrr_12m
)

select * from impossible_rows
