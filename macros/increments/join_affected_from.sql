{# A join and not an `exists`: that would be asked of each pair of account and day, this is of each row. #}
{% macro join_affected_from(account_id, date, days_before) -%}
    {%- set affected = ref('int_accounts_affected') -%}
    {%- if is_incremental() -%}
    inner join {{ affected }} as affected
        on
            {{ account_id }} = affected.account_id
            and {{ date }} >= {{ add_days('affected.affected_from', -days_before) }}
    {%- endif -%}
{%- endmacro %}
