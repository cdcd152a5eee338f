{% macro forget_affected_keys() -%}
    {%- set condition = is_affected_key('login_id') -%}
    {%- if is_incremental() -%} delete from {{ this }} where {{ condition }} {%- endif -%}
{%- endmacro %}
