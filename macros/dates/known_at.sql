{# A fact that happened after the as-of date is not known yet. #}
{% macro known_at(timestamp_column, fact=none) -%}
    case when {{ timestamp_column }} < as_of.as_of_end_at then {{ fact or timestamp_column }} end
{%- endmacro %}
