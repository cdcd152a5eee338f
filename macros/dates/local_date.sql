{% macro local_date(timestamp_column, time_zone) -%}
    {{ return(adapter.dispatch('local_date')(timestamp_column, time_zone)) }}
{%- endmacro %}

{% macro default__local_date(timestamp_column, time_zone) -%}
    cast(({{ timestamp_column }} at time zone 'UTC') at time zone {{ time_zone }} as date)
{%- endmacro %}

{% macro spark__local_date(timestamp_column, time_zone) -%}
    cast(convert_timezone('UTC', {{ time_zone }}, {{ timestamp_column }}) as date)
{%- endmacro %}
