{% macro month_index(date_column) -%}
    cast(12 * extract(year from {{ date_column }}) + extract(month from {{ date_column }}) - 1 as integer)
{%- endmacro %}
