{# What a plan says holds for one run of dbt; whoever runs dbt again has everything made anew. #}
{% macro plan_changes() -%}
    {%- if execute and target.type == 'duckdb' and flags.WHICH in ('build', 'run') -%}
        {%- set found = run_query(
            "select table_name from information_schema.tables where table_schema = 'changes'"
        ).columns[0].values() | list -%}
        {%- if 'sources' in found and 'nodes' not in found -%}
            {%- do note_nodes() -%}
        {%- elif found -%}
            {%- do run_query('drop schema changes cascade') -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
