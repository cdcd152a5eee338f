{# Among equals the first id, since a case takes its first branch that holds. #}
{% macro health_driver(suffix) -%}
    case nullif(greatest({{ health_columns('<c>' ~ suffix) }}), 0)
        {%- for component_id in health_component_ids() %}
        when {{ component_id }}{{ suffix }} then '{{ component_id }}'
        {%- endfor %}
    end
{%- endmacro %}
