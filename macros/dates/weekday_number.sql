{# Days since a known Monday: the engines number the days of a week differently. #}
{% macro weekday_number(date_column) -%}
    mod({{ days_between("cast('1900-01-01' as date)", date_column) }}, 7) + 1
{%- endmacro %}
