{% macro total(amount) -%}
    {{ money('coalesce(sum(' ~ amount ~ '), 0)') }}
{%- endmacro %}
