with

own_figures as (
    select * from {{ ref('int_method_own_figures') }}
),

chartmogul_figures as (
    select * from {{ ref('int_chartmogul_monthly') }}
),

stripe_figures as (
    select * from {{ ref('int_stripe_monthly') }}
),

profitwell_figures as (
    select * from {{ ref('int_profitwell_monthly') }}
),

baremetrics_figures as (
    select * from {{ ref('int_baremetrics_monthly') }}
),

tool_figures as (
    select
        *,
        'chartmogul' as tool
    from chartmogul_figures

    union all

    select
        *,
        'stripe' as tool
    from stripe_figures

    union all

    select
        *,
        'profitwell' as tool
    from profitwell_figures

    union all

    select
        *,
        'baremetrics' as tool
    from baremetrics_figures
),

-- An amount has no denominator; a ratio whose denominator is 0, here or there, is compared with nothing.
method_figures as (
    select
        ---------- strings
        cast(tool_figures.tool as {{ text_type() }}) as tool,
        tool_figures.metric,
        ---------- numbers
        own_figures.numerator as own_numerator,
        own_figures.denominator as own_denominator,
        tool_figures.numerator as their_numerator,
        tool_figures.denominator as their_denominator,
        ---------- dates
        tool_figures.month
    from tool_figures
    inner join own_figures
        on
            tool_figures.metric = own_figures.metric
            and tool_figures.month = own_figures.month
    where
        coalesce(own_figures.denominator, 1) <> 0
        and coalesce(tool_figures.denominator, 1) <> 0
)

select * from method_figures
