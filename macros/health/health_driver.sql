{# Among equals the first id, since a case takes its first branch that holds. #}
{% macro health_driver(most_points, points) -%}
    case {{ most_points }}
        {%- for component_id in health_component_ids() %}
        when {{ points | replace('<c>', component_id) }} then '{{ component_id }}'
        {%- endfor %}
    end
{%- endmacro %}
