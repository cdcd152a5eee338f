{% macro is_affected_key(login_id) -%}
    {{ is_among_affected(login_id, 'int_login_keys_affected', 'login_id') }}
{%- endmacro %}
