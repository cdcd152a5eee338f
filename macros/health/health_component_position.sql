{# Below 0 beyond the floor, above 1 beyond the target; a floor above the target turns the scale. #}
{% macro health_component_position(facts, parameters) -%}
    {{ ratio(
        facts ~ '.<c> - ' ~ parameters ~ '.<c>_floor',
        parameters ~ '.<c>_target - ' ~ parameters ~ '.<c>_floor'
    ) }}
{%- endmacro %}
