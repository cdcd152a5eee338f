{# Added one by one in the order of the ids, so that every engine rounds alike. #}
{% macro health_sum(template) -%}
    {%- set terms = [] -%}
    {%- for component_id in health_component_ids() -%}
        {%- do terms.append(template | replace('<c>', component_id)) -%}
    {%- endfor -%}
    ({{ terms | join(' + ') }})
{%- endmacro %}
