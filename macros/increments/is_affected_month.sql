{% macro is_affected_month(month) -%}
    {%- set affected = ref('int_months_affected') -%}
    {%- if is_incremental() -%}
    {{ month }} in (select affected.month from {{ affected }} as affected)
    {%- else -%} true {%- endif -%}
{%- endmacro %}
