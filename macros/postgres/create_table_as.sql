{#
    dbt's own, but that a table which no reader sees is written without a log: after a crash of the
    server it would be built again anyway.
#}
{% macro postgres__create_table_as(temporary, relation, sql) -%}
    {%- set statement = dbt.postgres__create_table_as(temporary, relation, sql) -%}
    {%- if temporary or model.config.schema == 'marts' -%}
        {{ statement }}
    {%- else -%}
        {{ statement.replace('table ' ~ relation, 'unlogged table ' ~ relation, 1) }}
    {%- endif -%}
{%- endmacro %}
