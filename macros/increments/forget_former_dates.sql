{# A statement of its own: joined by `or` to the affected dates, both would be asked of every row. #}
{% macro forget_former_dates() -%}
    {%- set observation_dates = ref('int_observation_dates') -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where date not in (select observed.date from {{ observation_dates }} as observed)
    {%- endif -%}
{%- endmacro %}
