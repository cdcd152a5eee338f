with

figures as (
    select * from {{ ref('int_method_figures') }}
),

named_components as (
    select * from {{ ref('int_method_components') }}
),

months as (
    select * from {{ ref('int_months') }}
),

explained as (
    select
        month,
        tool,
        metric,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from named_components
    group by month, tool, metric
),

components as (
    select
        month,
        tool,
        metric,
        'ours' as component,
        own_numerator as numerator,
        own_denominator as denominator
    from figures

    union all

    select
        month,
        tool,
        metric,
        component,
        numerator,
        denominator
    from named_components

    union all

    select
        figures.month,
        figures.tool,
        figures.metric,
        'unexplained' as component,
        figures.their_numerator - figures.own_numerator - coalesce(explained.numerator, 0) as numerator,
        figures.their_denominator - figures.own_denominator - coalesce(explained.denominator, 0) as denominator
    from figures
    left join explained
        on
            figures.month = explained.month
            and figures.tool = explained.tool
            and figures.metric = explained.metric

    union all

    select
        month,
        tool,
        metric,
        'theirs' as component,
        their_numerator as numerator,
        their_denominator as denominator
    from figures
),

method_bridge as (
    select
        ---------- strings
        components.tool,
        components.metric,
        cast(components.component as {{ text_type() }}) as component,
        ---------- numbers
        {{ money('components.numerator') }} as numerator,
        {{ money('components.denominator') }} as denominator,
        case
            when components.component in ('ours', 'theirs')
                then {{ ratio('components.numerator', 'coalesce(components.denominator, 1)') }}
            else
                {{ ratio(
                    'components.numerator - coalesce(components.denominator, 0) * '
                    ~ ratio('figures.own_numerator', 'coalesce(figures.own_denominator, 1)'),
                    'coalesce(figures.their_denominator, 1)'
                ) }}
        end as amount,
        ---------- booleans
        months.is_complete,
        months.is_final,
        ---------- dates
        components.month
    from components
    inner join figures
        on
            components.month = figures.month
            and components.tool = figures.tool
            and components.metric = figures.metric
    inner join months
        on components.month = months.month
)

select * from method_bridge
