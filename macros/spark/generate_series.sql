{# dbt's own joins a table of two rows with itself for every bit of the number. #}
{% macro spark__generate_series(upper_bound) -%}
    select cast(id as integer) as generated_number
    from range(1, {{ upper_bound }} + 1)
{%- endmacro %}
