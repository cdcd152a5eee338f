{% macro offset_pattern() -%} (Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?) {%- endmacro %}
