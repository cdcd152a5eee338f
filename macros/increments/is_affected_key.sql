{% macro is_affected_key(login_id) -%}
    {%- set affected = ref('int_login_keys_affected') -%}
    {%- if is_incremental() -%}
    {{ login_id }} in (select affected.login_id from {{ affected }} as affected)
    {%- else -%} true {%- endif -%}
{%- endmacro %}
