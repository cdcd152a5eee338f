{% macro ratio(numerator, denominator) -%}
    cast(
        cast({{ numerator }} as {{ double_type() }}) / nullif(cast({{ denominator }} as {{ double_type() }}), 0)
        as {{ double_type() }}
    )
{%- endmacro %}
