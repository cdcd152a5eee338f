{# Says nothing more than the key does, but spares the scan the days on which there is none. #}
{% macro is_date_of_affected_key(login_date) -%}
    {%- set affected = ref('int_logins_affected') -%}
    {%- if is_incremental() -%}
    {{ login_date }} in (select affected.login_date from {{ affected }} as affected)
    {%- else -%} true {%- endif -%}
{%- endmacro %}
