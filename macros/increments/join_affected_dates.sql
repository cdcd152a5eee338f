{% macro join_affected_dates(account_id, date) -%}
    {%- set affected = ref('int_account_dates_affected') -%}
    {%- if is_incremental() -%}
    inner join {{ affected }} as affected
        on
            {{ account_id }} = affected.account_id
            and {{ date }} = affected.date
    {%- endif -%}
{%- endmacro %}
