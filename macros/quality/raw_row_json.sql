{% macro raw_row_json(row_column) -%}
    {{ return(adapter.dispatch('raw_row_json')(row_column)) }}
{%- endmacro %}

{% macro postgres__raw_row_json(row_column) -%}
    cast({{ row_column }} as text)
{%- endmacro %}

{% macro duckdb__raw_row_json(row_column) -%}
    cast(to_json({{ row_column }}) as varchar)
{%- endmacro %}

{# The views of the raw layer hold the text already. #}
{% macro spark__raw_row_json(row_column) -%} {{ row_column }} {%- endmacro %}
