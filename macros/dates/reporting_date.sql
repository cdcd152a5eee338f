{# In UTC the cast alone is enough, and over logins the two conversions would dominate the scan. #}
{% macro reporting_date(timestamp_column) -%}
    {%- if var('reporting_timezone') == 'UTC' -%}
    cast({{ timestamp_column }} as date)
    {%- else -%}
    {{ local_date(timestamp_column, "'" ~ var('reporting_timezone') ~ "'") }}
    {%- endif -%}
{%- endmacro %}
