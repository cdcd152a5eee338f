{% macro forget_affected_months() -%}
    {%- set condition = is_affected_month('month') -%}
    {%- if is_incremental() -%} delete from {{ this }} where {{ condition }} {%- endif -%}
{%- endmacro %}
