with

chartmogul_differences as (
    select * from {{ ref('int_chartmogul_differences') }}
),

stripe_churn_differences as (
    select * from {{ ref('int_stripe_churn_differences') }}
),

stripe_growth_differences as (
    select * from {{ ref('int_stripe_growth_differences') }}
),

profitwell_differences as (
    select * from {{ ref('int_profitwell_differences') }}
),

baremetrics_differences as (
    select * from {{ ref('int_baremetrics_differences') }}
),

tool_differences as (
    select
        *,
        'chartmogul' as tool
    from chartmogul_differences

    union all

    select
        *,
        'stripe' as tool
    from stripe_churn_differences

    union all

    select
        *,
        'stripe' as tool
    from stripe_growth_differences

    union all

    select
        *,
        'profitwell' as tool
    from profitwell_differences

    union all

    select
        *,
        'baremetrics' as tool
    from baremetrics_differences
),

method_differences as (
    select
        ---------- strings
        cast(tool as {{ text_type() }}) as tool,
        metric,
        component,
        ---------- numbers
        numerator,
        denominator,
        ---------- dates
        month
    from tool_differences
)

select * from method_differences
