{# Narrows a scan of logins before it is known which accounts they count for. #}
{% macro is_affected_date(date) -%}
    {%- set affected = ref('int_login_days_affected') -%}
    {%- if is_incremental() -%}
    {{ date }} in (select affected.login_date from {{ affected }} as affected)
    {%- else -%} true {%- endif -%}
{%- endmacro %}
