{% macro health_columns(template) -%}
    {%- set columns = [] -%}
    {%- for component_id in health_component_ids() -%}
        {%- do columns.append(template | replace('<c>', component_id)) -%}
    {%- endfor -%}
    {{ columns | join(',\n        ') }}
{%- endmacro %}
