{% macro today_view() -%} cast('9999-12-30' as date) {%- endmacro %}
