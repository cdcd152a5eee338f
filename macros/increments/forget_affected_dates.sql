{% macro forget_affected_dates() -%}
    {%- set affected = ref('int_account_dates_affected') -%}
    {%- set is_since = is_since_affected('date') -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where
        {{ is_since }}
        and (account_id, date) in (select affected.account_id, affected.date from {{ affected }} as affected)
    {%- endif -%}
{%- endmacro %}
