{# Rows without a key share none with a changed row; they are few, and checked every time. #}
{% macro forget_affected_keys() -%}
    {%- set condition = is_affected_key('login_id') -%}
    {%- if is_incremental() -%} delete from {{ this }} where login_id is null or {{ condition }} {%- endif -%}
{%- endmacro %}
