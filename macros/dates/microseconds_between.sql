{% macro microseconds_between(first_at, second_at) -%}
    {{ return(adapter.dispatch('microseconds_between')(first_at, second_at)) }}
{%- endmacro %}

{% macro postgres__microseconds_between(first_at, second_at) -%}
    cast(extract(epoch from {{ second_at }} - {{ first_at }}) * 1000000 as bigint)
{%- endmacro %}

{% macro duckdb__microseconds_between(first_at, second_at) -%}
    cast(date_diff('microsecond', {{ first_at }}, {{ second_at }}) as bigint)
{%- endmacro %}

{% macro spark__microseconds_between(first_at, second_at) -%}
    unix_micros(cast({{ second_at }} as timestamp_ltz)) - unix_micros(cast({{ first_at }} as timestamp_ltz))
{%- endmacro %}
