with

figures as (
    select * from {{ ref('int_method_figures') }}
),

differences as (
    select * from {{ ref('int_method_differences') }}
),

named_differences as (
    select distinct
        tool,
        metric,
        component
    from differences
),

-- A difference that is met once stands in every month, be it 0.
method_components as (
    select
        ---------- strings
        figures.tool,
        figures.metric,
        named_differences.component,
        ---------- numbers
        {{ money('coalesce(differences.numerator, 0)') }} as numerator,
        {{ money(
            'case when figures.their_denominator is not null then coalesce(differences.denominator, 0) end'
        ) }} as denominator,
        ---------- dates
        figures.month
    from figures
    inner join named_differences
        on
            figures.tool = named_differences.tool
            and figures.metric = named_differences.metric
    left join differences
        on
            figures.month = differences.month
            and figures.tool = differences.tool
            and figures.metric = differences.metric
            and named_differences.component = differences.component
)

select * from method_components
