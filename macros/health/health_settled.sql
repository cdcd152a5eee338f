{# 70.1 - 65.1 is a little less than 5, and three engines need not agree by how little. #}
{% macro health_settled(expression) -%}
    cast(floor(({{ expression }}) * 10000000000 + 0.5) as {{ double_type() }}) / 10000000000
{%- endmacro %}
