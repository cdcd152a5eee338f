{% macro far_past() -%} cast('0001-01-01' as date) {%- endmacro %}
