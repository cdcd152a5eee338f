{% macro line_mrr(unit_price, quantity, discount_pct, months_numerator, months_denominator) -%}
    {{ return(adapter.dispatch('line_mrr')(unit_price, quantity, discount_pct, months_numerator, months_denominator)) }}
{%- endmacro %}

{#
    DuckDB divides decimals as doubles, so the product is built from whole numbers
    (millionths, ten-thousandths, millionths), divided once as integers and scaled last.
    Adding half the divisor before the integer division rounds half away from zero.
#}
{% macro duckdb__line_mrr(unit_price, quantity, discount_pct, months_numerator, months_denominator) -%}
    {%- set product -%}
        {{ scaled(unit_price, 6) }}
        * {{ scaled(quantity, 4) }}
        * {{ scaled('1 - ' ~ discount_pct, 6) }}
        * {{ months_numerator }}
    {%- endset -%}
    {%- set divisor -%} (cast(1000000000000 as hugeint) * {{ months_denominator }}) {%- endset -%}
    cast(
        cast((2 * {{ product }} + {{ divisor }}) // (2 * {{ divisor }}) as decimal(22, 0))
        * cast(0.0001 as decimal(5, 4))
        as decimal(18, 4)
    )
{%- endmacro %}
