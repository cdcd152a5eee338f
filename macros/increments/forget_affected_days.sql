{# dbt's own delete+insert forgets only keys that come again; a day can also lose its last row. #}
{% macro forget_affected_days() -%}
    {%- set condition = is_affected_day('account_id', 'login_date') -%}
    {%- if is_incremental() -%} delete from {{ this }} where {{ condition }} {%- endif -%}
{%- endmacro %}
