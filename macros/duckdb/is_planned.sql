{% macro is_planned() -%}
    {%- set found = run_query(
        "select count(*) from information_schema.tables where table_schema = 'changes' and table_name = 'extents'"
    ) -%}
    {{ return(not flags.FULL_REFRESH and found.columns[0][0] > 0) }}
{%- endmacro %}
