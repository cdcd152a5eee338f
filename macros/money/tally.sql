{% macro tally(count_column) -%}
    cast(coalesce(sum({{ count_column }}), 0) as integer)
{%- endmacro %}
