{% macro sorted_list(text_column) -%}
    {{ return(adapter.dispatch('sorted_list')(text_column)) }}
{%- endmacro %}

{% macro duckdb__sorted_list(text_column) -%}
    string_agg({{ text_column }}, ',' order by {{ text_column }})
{%- endmacro %}

{% macro postgres__sorted_list(text_column) -%}
    string_agg({{ text_column }}, ',' order by {{ text_column }} collate "C")
{%- endmacro %}

{% macro spark__sorted_list(text_column) -%}
    nullif(array_join(array_sort(collect_list({{ text_column }})), ','), '')
{%- endmacro %}
