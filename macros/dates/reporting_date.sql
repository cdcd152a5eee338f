{% macro reporting_date(timestamp_column) -%}
    {{ return(adapter.dispatch('reporting_date')(timestamp_column)) }}
{%- endmacro %}

{# In UTC the cast alone is enough, and over logins the two conversions would dominate the scan. #}
{% macro default__reporting_date(timestamp_column) -%}
    {%- if var('reporting_timezone') == 'UTC' -%}
    cast({{ timestamp_column }} as date)
    {%- else -%}
    cast(({{ timestamp_column }} at time zone 'UTC') at time zone '{{ var("reporting_timezone") }}' as date)
    {%- endif -%}
{%- endmacro %}

{% macro spark__reporting_date(timestamp_column) -%}
    cast(convert_timezone('UTC', '{{ var("reporting_timezone") }}', {{ timestamp_column }}) as date)
{%- endmacro %}
