{% macro add_microseconds(timestamp_column, microseconds) -%}
    {{ return(adapter.dispatch('add_microseconds')(timestamp_column, microseconds)) }}
{%- endmacro %}

{% macro duckdb__add_microseconds(timestamp_column, microseconds) -%}
    {{ timestamp_column }} + to_microseconds({{ microseconds }})
{%- endmacro %}

{% macro postgres__add_microseconds(timestamp_column, microseconds) -%}
    {{ timestamp_column }} + ({{ microseconds }}) * interval '1 microsecond'
{%- endmacro %}

{% macro spark__add_microseconds(timestamp_column, microseconds) -%}
    {{ timestamp_column }} + make_dt_interval(
        0, 0, 0, cast(cast({{ microseconds }} as decimal(18, 0)) / 1000000 as decimal(18, 6))
    )
{%- endmacro %}
