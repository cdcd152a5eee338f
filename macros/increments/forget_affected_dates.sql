{# Dates that were observed only because the former as-of date was there go as well. #}
{% macro forget_affected_dates() -%}
    {%- set observation_dates = ref('int_observation_dates') -%}
    {%- set table = this.include(database=false) -%}
    {%- set condition = is_affected_from(table ~ '.account_id', table ~ '.date') -%}
    {%- if is_incremental() -%}
    delete from {{ table }}
    where
        {{ condition }}
        or {{ table }}.date not in (select observed.date from {{ observation_dates }} as observed)
    {%- endif -%}
{%- endmacro %}
