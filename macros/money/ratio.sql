{% macro ratio(numerator, denominator) -%}
    cast(
        cast({{ numerator }} as double precision) / nullif(cast({{ denominator }} as double precision), 0)
        as double precision
    )
{%- endmacro %}
