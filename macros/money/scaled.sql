{% macro scaled(amount, digits) -%}
    {{ return(adapter.dispatch('scaled')(amount, digits)) }}
{%- endmacro %}

{% macro duckdb__scaled(amount, digits) -%}
    cast(cast({{ amount }} as decimal({{ 37 - digits }}, {{ digits }})) * {{ 10 ** digits }} as hugeint)
{%- endmacro %}
