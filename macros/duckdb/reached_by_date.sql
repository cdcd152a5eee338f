{#
    A table that asks for the as-of date itself does not change for that everywhere: `reached_by_date` of its
    `meta` says of a table that it reads which rows another date tells something else of. It may say too many.
#}
{% macro reached_by_date(plan) -%}
    {%- for parent, condition in model.config.meta.reached_by_date.items() -%}
        {%- set told = run_query(
            "select relation, case when told_by = '" ~ plan.made_by ~ "' and told_by <> 'account' then period end
            from changes.nodes where name = '" ~ parent ~ "'"
        ).rows[0] -%}
        {%- do plan.affected.append(
            'select account_id, ' ~ ('cast(' ~ told[1] ~ ' as date)' if told[1] else 'cast(null as date)')
            ~ ' as period from ' ~ told[0] ~ ' cross join ('
            ~ 'select build.as_of_date as former_date, as_of.as_of_date as new_date from state.build'
            ~ ' cross join ' ~ ref('int_as_of') ~ ' as as_of) where (' ~ condition ~ ')'
        ) -%}
    {%- endfor -%}
{%- endmacro %}
