{% macro line_mrr(unit_price, quantity, discount_pct, months_numerator, months_denominator) -%}
    {{ return(adapter.dispatch('line_mrr')(unit_price, quantity, discount_pct, months_numerator, months_denominator)) }}
{%- endmacro %}

{#
    A numeric quotient is rounded to some digits, so the product is divided once by `div`, which
    leaves a whole number of units of 0.0001. Adding half the divisor before it rounds half away
    from zero.
#}
{% macro postgres__line_mrr(unit_price, quantity, discount_pct, months_numerator, months_denominator) -%}
    {%- set product -%}
        {{ unit_price }} * {{ quantity }} * (1 - {{ discount_pct }}) * {{ months_numerator }}
    {%- endset -%}
    cast(
        div(20000 * {{ product }} + {{ months_denominator }}, 2 * {{ months_denominator }}) * 0.0001
        as decimal(18, 4)
    )
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

{# The same whole numbers; the product stays below 10^31 by the limit on price times quantity. #}
{% macro spark__line_mrr(unit_price, quantity, discount_pct, months_numerator, months_denominator) -%}
    {%- set product -%}
        {{ scaled(unit_price, 6) }} * {{ scaled(quantity, 4) }} * {{ scaled('1 - ' ~ discount_pct, 6) }}
        * {{ months_numerator }}
    {%- endset -%}
    {%- set divisor -%} (cast(1000000000000 as decimal(38, 0)) * {{ months_denominator }}) {%- endset -%}
    cast(
        {{ whole_quotient('2 * ' ~ product ~ ' + ' ~ divisor, '2 * ' ~ divisor) }}
        * cast(0.0001 as decimal(5, 4))
        as decimal(18, 4)
    )
{%- endmacro %}
