{% macro hours_between(first_at, second_at) -%} {{ hours_of(microseconds_between(first_at, second_at)) }} {%- endmacro %}
