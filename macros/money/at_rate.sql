{#
    One local amount, one rate, rounded once: decimals on every engine round half away from zero.
    Nineteen digits keep the product in 128 bits; two factors of eighteen would overflow 64.
#}
{% macro at_rate(local_amount, rate) -%}
    cast(
        round(cast({{ local_amount }} as decimal(19, 4)) * cast({{ rate }} as decimal(18, 8)), 4) as decimal(18, 4)
    )
{%- endmacro %}
