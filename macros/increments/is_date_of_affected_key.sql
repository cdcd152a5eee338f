{# Says nothing more than the key does, but spares the scan the days on which there is none. #}
{% macro is_date_of_affected_key(login_date) -%}
    {{ is_among_affected(login_date, 'int_logins_affected', 'login_date') }}
{%- endmacro %}
