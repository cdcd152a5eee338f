{#
    A table that asks for the as-of date itself does not change for that everywhere: `reached_by_date` of its
    `meta` says of a table that it reads which rows another date tells something else of. It may say too many.
    Known to it are the two dates and the days of grace; the settings of a model know no variable of a build.
#}
{% macro reached_by_date(plan) -%}
    {%- set dates = "(select build.as_of_date as former_date, as_of.as_of_date as new_date, "
        ~ var('renewal_grace_days') ~ " as grace_days from state.build cross join " ~ relation_told('int_as_of')[0]
        ~ " as as_of)" -%}
    {%- for parent, condition in model.config.meta.reached_by_date.items() -%}
        {%- set relation, told_by, period = relation_told(parent) -%}
        {%- set period = 'cast(' ~ period ~ ' as date)' if told_by == plan.made_by and period else 'cast(null as date)' -%}
        {%- do plan.affected.append(
            'select account_id, ' ~ period ~ ' as period from ' ~ relation ~ ' cross join ' ~ dates
            ~ ' where (' ~ condition ~ ')'
        ) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro relation_told(name) -%}
    {{ return(run_query("select relation, told_by, period from changes.nodes where name = '" ~ name ~ "'").rows[0].values()) }}
{%- endmacro %}
