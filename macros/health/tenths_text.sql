{% macro tenths_text(value) -%}
    cast({{ rounded(value, 1) }} as {{ text_type() }})
{%- endmacro %}
