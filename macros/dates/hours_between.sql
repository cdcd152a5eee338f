{% macro hours_between(first_at, second_at) -%}
    {{ return(adapter.dispatch('hours_between')(first_at, second_at)) }}
{%- endmacro %}

{% macro postgres__hours_between(first_at, second_at) -%}
    cast(extract(epoch from {{ second_at }} - {{ first_at }}) * 1000000 as double precision) / 3600000000.0
{%- endmacro %}

{% macro duckdb__hours_between(first_at, second_at) -%}
    cast(date_diff('microsecond', {{ first_at }}, {{ second_at }}) as double precision) / 3600000000.0
{%- endmacro %}

{% macro spark__hours_between(first_at, second_at) -%}
    cast(
        unix_micros(cast({{ second_at }} as timestamp_ltz)) - unix_micros(cast({{ first_at }} as timestamp_ltz))
        as double
    ) / cast(3600000000 as double)
{%- endmacro %}
