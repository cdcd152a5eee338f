{% macro whole_number_type() -%}
    {{ return(adapter.dispatch('whole_number_type')()) }}
{%- endmacro %}

{% macro postgres__whole_number_type() -%} numeric {%- endmacro %}

{% macro duckdb__whole_number_type() -%} hugeint {%- endmacro %}

{% macro spark__whole_number_type() -%} decimal(38, 0) {%- endmacro %}
