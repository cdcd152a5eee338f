{# The comparison with the first day of all says nothing more, but spares the scan what lies before. #}
{% macro is_affected_from(account_id, date, days_before=0) -%}
    {%- set affected = ref('int_accounts_affected') -%}
    {%- if is_incremental() -%}
    {{ date }} >= (
        select {{ add_days('min(affected.affected_from)', -days_before) }}
        from {{ affected }} as affected
    )
    and exists (
        select 1
        from {{ affected }} as affected
        where
            affected.account_id = {{ account_id }}
            and {{ add_days('affected.affected_from', -days_before) }} <= {{ date }}
    )
    {%- else -%} true {%- endif -%}
{%- endmacro %}
