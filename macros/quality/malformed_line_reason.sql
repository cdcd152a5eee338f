{# A line that does not split has no columns to test, so its code stands outside the rules. #}
{% macro malformed_line_reason() -%} 'malformed_line' {%- endmacro %}
