{% macro start_of_day_utc(date_column) -%}
    {{ local_time_utc(date_column, "'00:00'", "'" ~ var('reporting_timezone') ~ "'") }}
{%- endmacro %}
