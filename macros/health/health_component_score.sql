{% macro health_component_score(figure='<c>') -%}
    case
        when {{ figure }}_state = 'ok'
            then {{ health_settled('100 * least(greatest(' ~ figure ~ '_position, 0), 1)') }}
    end
{%- endmacro %}
