{% macro forget_affected_dates() -%}
    {%- set table = this.include(database=false) -%}
    {%- set condition = is_affected_from(table ~ '.account_id', table ~ '.date') -%}
    {%- if is_incremental() -%} delete from {{ table }} where {{ condition }} {%- endif -%}
{%- endmacro %}
