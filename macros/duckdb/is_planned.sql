{% macro is_planned() -%}
    {%- if flags.FULL_REFRESH -%} {{ return(false) }} {%- endif -%}
    {%- set found = run_query(
        "select count(*) from information_schema.tables where table_schema = 'changes' and table_name = 'extents'"
    ) -%}
    {{ return(found.columns[0][0] > 0) }}
{%- endmacro %}
