{% macro is_affected_from(account_id, date) -%}
    {%- set affected = ref('int_accounts_affected') -%}
    {%- if is_incremental() -%}
    {{ is_since_affected(date) }}
    and exists (
        select 1
        from {{ affected }} as affected
        where
            affected.account_id = {{ account_id }}
            and affected.affected_from <= {{ date }}
    )
    {%- else -%} true {%- endif -%}
{%- endmacro %}
