{# Narrows a scan of logins before it is known which accounts they count for. #}
{% macro is_affected_date(date) -%}
    {{ is_among_affected(date, 'int_login_days_affected', 'login_date') }}
{%- endmacro %}
