{% macro at_rate(local_amount, rate) -%}
    {{ return(adapter.dispatch('at_rate')(local_amount, rate)) }}
{%- endmacro %}

{#
    One local amount, one rate, rounded once: decimals on every engine round half away from zero.
    Nineteen digits keep the product in 128 bits; two factors of eighteen would overflow 64.
#}
{% macro default__at_rate(local_amount, rate) -%}
    cast(
        round(cast({{ local_amount }} as decimal(19, 4)) * cast({{ rate }} as decimal(18, 8)), 4) as decimal(18, 4)
    )
{%- endmacro %}

{#
    DuckDB rounds 128-bit decimals by a division bit by bit, which takes eight times as long as all
    this. The exact product less a guess through doubles is exact too, and so small that its own
    double tells on which side of the half it lies; the last digit of the half is less than one
    step of the product and keeps ties from falling.
#}
{% macro duckdb__at_rate(local_amount, rate) -%}
    {%- set amount -%} cast(abs({{ local_amount }}) as decimal(19, 4)) {%- endset -%}
    {%- set factor -%} cast({{ rate }} as decimal(18, 8)) {%- endset -%}
    {%- set guess -%}
        cast(cast({{ amount }} as double precision) * cast({{ factor }} as double precision) as decimal(18, 4))
    {%- endset -%}
    cast(
        sign({{ local_amount }}) * (
            {{ guess }}
            + cast(
                floor(cast({{ amount }} * {{ factor }} - {{ guess }} as double precision) * 10000 + 0.500000001)
                as integer
            ) * cast(0.0001 as decimal(5, 4))
        ) as decimal(18, 4)
    )
{%- endmacro %}
