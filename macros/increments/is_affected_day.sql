{# `in`, so that no name is mistaken for one of the outer query. #}
{% macro is_affected_day(account_id, date) -%}
    {%- set affected = ref('int_login_days_affected') -%}
    {%- if is_incremental() -%}
    ({{ account_id }}, {{ date }}) in (select affected.account_id, affected.login_date from {{ affected }} as affected)
    {%- else -%} true {%- endif -%}
{%- endmacro %}
