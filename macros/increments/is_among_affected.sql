{% macro is_among_affected(expression, model_name, column) -%}
    {%- set affected = ref(model_name) -%}
    {%- if is_incremental() -%}
    {{ expression }} in (select affected.{{ column }} from {{ affected }} as affected)
    {%- else -%} true {%- endif -%}
{%- endmacro %}
