{% macro health_component_score() -%}
    case when <c>_state = 'ok' then {{ health_settled('100 * least(greatest(<c>_position, 0), 1)') }} end
{%- endmacro %}
