{% macro is_affected_month(month) -%}
    {{ is_among_affected(month, 'int_months_affected', 'month') }}
{%- endmacro %}
