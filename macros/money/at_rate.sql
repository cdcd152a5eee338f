{# One local amount, one rate, rounded once: decimals on every engine round half away from zero. #}
{% macro at_rate(local_amount, rate) -%}
    cast(round(cast({{ local_amount }} as decimal(18, 4)) * cast({{ rate }} as decimal(18, 8)), 4) as decimal(18, 4))
{%- endmacro %}
