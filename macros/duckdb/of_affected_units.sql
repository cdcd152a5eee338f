{# A model's statement, of the rows of affected units only: read of those, and cut to those. #}
{% macro of_affected_units(plan, sql) -%}
    {%- if plan.made_by == 'key' -%}
        {{ return(sql | replace(plan.staged, '(' ~ rows_of_keys(plan) ~ ')')) }}
    {%- endif -%}
    {%- set cut = namespace(sql=sql) -%}
    {%- for relation, period in plan.parents.items() if period is not none or not plan.read_units.periods -%}
        {%- set cut.sql = cut.sql | replace(relation, '(' ~ rows_of_units(relation, plan.read_units, period) ~ ')') -%}
    {%- endfor -%}
    {%- set dates = dates_listed(plan.read_units.periods) + dates_listed(plan.read_units.pairs) -%}
    {%- for relation, period in plan.dated.items() if dates and not plan.read_units.accounts -%}
        {%- set rows = 'select * from ' ~ relation ~ ' where ' ~ period ~ ' in (' ~ dates | join(', ') ~ ')' -%}
        {%- set cut.sql = cut.sql | replace(relation, '(' ~ rows ~ ')') -%}
    {%- endfor -%}
    {%- set conditions = unit_conditions(plan.units, made_period(plan)) -%}
    {{ return('select * from (' ~ cut.sql ~ ') where (' ~ conditions | join(') or (') ~ ')') }}
{%- endmacro %}

{% macro made_period(plan) -%}
    {{ return(none if plan.made_by == 'account' else plan.period) }}
{%- endmacro %}
