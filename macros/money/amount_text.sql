{% macro amount_text(amount, currency) -%}
    cast(cast(abs({{ amount }}) as decimal(18, 2)) as {{ text_type() }}) || ' ' || {{ currency }}
{%- endmacro %}
