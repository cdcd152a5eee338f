{% macro scaled(amount, digits) -%}
    cast(cast({{ amount }} as decimal({{ 37 - digits }}, {{ digits }})) * {{ 10 ** digits }} as {{ whole_number_type() }})
{%- endmacro %}
