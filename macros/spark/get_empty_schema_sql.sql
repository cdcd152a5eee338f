{# The contracts name types as DuckDB and Postgres do. #}
{% macro spark__get_empty_schema_sql(columns) -%}
    select
        {%- for name in columns %}
        cast(null as {{ spark_type_of(columns[name].data_type) }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}
