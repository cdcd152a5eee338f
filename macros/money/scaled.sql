{% macro scaled(amount, digits) -%}
    {{ return(adapter.dispatch('scaled')(amount, digits)) }}
{%- endmacro %}

{% macro default__scaled(amount, digits) -%}
    cast(
        cast({{ amount }} as decimal({{ 37 - digits }}, {{ digits }})) * {{ 10 ** digits }} as {{ whole_number_type() }}
    )
{%- endmacro %}

{#
    DuckDB turns a 128-bit decimal into a whole number by a division bit by bit, which takes thirty
    times as long as this: the whole part in 64 bits, and the part after the point as a double, which
    is exact with so few digits.
#}
{% macro duckdb__scaled(amount, digits) -%}
    {%- set decimal -%} cast({{ amount }} as decimal(18, {{ digits }})) {%- endset -%}
    (
        cast(cast(trunc({{ decimal }}) as bigint) as hugeint) * {{ 10 ** digits }}
        + cast(cast({{ decimal }} % 1 as double precision) * {{ 10 ** digits }} as bigint)
    )
{%- endmacro %}
