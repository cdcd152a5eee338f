{# Below 0 beyond the floor, above 1 beyond the target; a floor above the target turns the scale. #}
{% macro health_component_position(facts, parameters) -%}
    cast({{ facts }}.<c> - {{ parameters }}.<c>_floor as {{ double_type() }}) / {{ parameters }}.<c>_span
{%- endmacro %}
