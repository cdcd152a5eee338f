{# Whole weeks since a known Sunday: the engines number the days of a week differently. #}
{% macro last_sunday(date_column) -%}
    {{ add_days(date_column, '-mod(' ~ days_between("cast('1899-12-31' as date)", date_column) ~ ', 7)') }}
{%- endmacro %}
