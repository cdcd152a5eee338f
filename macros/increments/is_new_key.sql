{# The staging view of the logins holds the rows that this build reads for the first time. #}
{% macro is_new_key(login_id) -%}
    {%- set new_logins = ref('stg_raw__logins') -%}
    {%- if is_incremental() -%}
    {{ login_id }} in (select new_logins.login_id from {{ new_logins }} as new_logins)
    {%- else -%} {{ login_id }} is not null {%- endif -%}
{%- endmacro %}
