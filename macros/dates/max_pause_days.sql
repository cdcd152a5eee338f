{# Without a limit: longer than any pause, so that the rule needs no branch of its own. #}
{% macro max_pause_days() -%} {{ var('max_pause_days') if var('max_pause_days') is not none else 4000000 }} {%- endmacro %}
