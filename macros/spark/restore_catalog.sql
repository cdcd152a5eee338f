{% macro restore_catalog() -%}
    {{ return(adapter.dispatch('restore_catalog')()) }}
{%- endmacro %}

{% macro default__restore_catalog() -%} {%- endmacro %}

{% macro spark__restore_catalog() -%}
    {%- if execute -%}
        {%- set path = env_var('CSW_OUT', 'out') ~ '/spark/catalog.parquet' -%}
        {%- set statements = run_query('select statement from parquet.`' ~ path ~ '` order by place') -%}
        {%- for row in statements -%}
            {%- do run_query(row[0]) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
