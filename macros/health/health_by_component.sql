{% macro health_by_component(component_id, template) -%}
    case {{ component_id }}
        {%- for name in health_component_ids() %}
        when '{{ name }}' then {{ template | replace('<c>', name) }}
        {%- endfor %}
    end
{%- endmacro %}
