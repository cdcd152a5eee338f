{# `in`, so that the day alone can already narrow the scan, and no name is mistaken for an outer one. #}
{% macro is_affected_day(account_id, date) -%}
    {%- set affected = ref('int_login_days_affected') -%}
    {%- if is_incremental() -%}
    ({{ account_id }}, {{ date }}) in (select affected.account_id, affected.login_date from {{ affected }} as affected)
    {%- else -%} true {%- endif -%}
{%- endmacro %}
