{% macro start_of_day_utc(date_column) -%}
    {{ return(adapter.dispatch('start_of_day_utc')(date_column)) }}
{%- endmacro %}

{% macro default__start_of_day_utc(date_column) -%}
    cast((cast({{ date_column }} as timestamp) at time zone '{{ var("reporting_timezone") }}') at time zone 'UTC' as timestamp)
{%- endmacro %}

{% macro spark__start_of_day_utc(date_column) -%}
    convert_timezone('{{ var("reporting_timezone") }}', 'UTC', cast({{ date_column }} as timestamp))
{%- endmacro %}
