{% macro month_end(date_column) -%}
    cast({{ dbt.last_day(date_column, 'month') }} as date)
{%- endmacro %}
