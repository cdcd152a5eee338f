{# Whole weeks since a known Sunday: the engines number the days of a week differently. #}
{% macro is_sunday(date_column) -%}
    mod({{ days_between("cast('1899-12-31' as date)", date_column) }}, 7) = 0
{%- endmacro %}
