{#
    The units in which a change is seen that was told of a period: its own and all later ones. A month holds
    the days from its first one on, and may be a new one; a new date is told by the dates. What was told of
    no period is seen in all.
#}
{% macro later_units(plan, account, told) -%}
    {%- set since = "cast(date_trunc('month', told.period) as date)" if plan.made_by == 'month' else 'told.period' -%}
    {%- set told = ' from (select distinct ' ~ account ~ ' as account_id, period from ' ~ told ~ ') as told' -%}
    {%- set own = ' where told.period is null' if plan.made_by == 'observation' else '' -%}
    {%- set made = '(select distinct cast(' ~ plan.period ~ ' as date) as period from ' ~ plan.relation ~ ')' -%}
    {{ return(
        'select told.account_id, ' ~ since ~ ' as period' ~ told ~ own
        ~ ' union all select told.account_id, made.period' ~ told
        ~ ' inner join ' ~ made ~ ' as made on ' ~ since ~ ' <= made.period'
    ) }}
{%- endmacro %}

{# Where changes of a table are told: those that a model asks for; none where it asks for none of them. #}
{% macro told_of(root, parent, extent) -%}
    {%- set condition = (model.config.meta.reads_only or {}).get(parent) -%}
    {%- set told = 'changes.' ~ root -%}
    {%- if condition and extent == 'some' -%}
        {%- set told = '(from ' ~ told ~ ' where ' ~ condition ~ ' or period is null)' -%}
        {%- set told = none if run_query('select count(*) from ' ~ told).columns[0][0] == 0 else told -%}
    {%- endif -%}
    {{ return(told) }}
{%- endmacro %}
