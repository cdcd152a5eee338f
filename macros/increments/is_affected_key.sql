{# Rows without a key share none with a changed row; they are few, and checked every time. #}
{% macro is_affected_key(login_id) -%}
    {%- set affected = ref('int_login_keys_affected') -%}
    {%- if is_incremental() -%}
    coalesce({{ login_id }}, '') in (
        select affected.login_id
        from {{ affected }} as affected
        union all
        select ''
    )
    {%- else -%} true {%- endif -%}
{%- endmacro %}
