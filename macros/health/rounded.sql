{# Whole numbers are exact in a double, and casting a fraction to a decimal is not alike on all engines. #}
{% macro rounded(value, places) -%}
    {%- set step = '0.' ~ '0' * (places - 1) ~ '1' -%}
    cast(
        cast(floor({{ 10 ** places }} * {{ value }} + 0.5) as decimal(18, 0))
        * cast({{ step }} as decimal({{ places + 1 }}, {{ places }}))
        as decimal(18, {{ places }})
    )
{%- endmacro %}
