{# A file that is read a second time, by a build that was not published, replaces its own rows. #}
{% macro forget_new_rows(column) -%}
    {%- set new_logins = ref('stg_raw__logins') -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where {{ column }} in (select new_logins.{{ column }} from {{ new_logins }} as new_logins)
    {%- endif -%}
{%- endmacro %}
