{# dbt-spark's own does not escape quotes, and writes null as the text None; no rows are no insert. #}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set sql -%}
    insert into {{ this.render() }} values
    {%- for row in agate_table.rows %}
    (
        {%- for name in agate_table.column_names -%}
            {%- set text = row[name] | string | replace('\\', '\\\\') | replace("'", "\\'") -%}
            cast({{ 'null' if row[name] is none else "'" ~ text ~ "'" }} as {{ spark_type_of(model.config.column_types[name]) }})
            {{- ', ' if not loop.last }}
        {%- endfor -%}
    ){{ ',' if not loop.last }}
    {%- endfor %}
    {%- endset -%}
    {%- if agate_table.rows -%} {%- do adapter.add_query(sql, abridge_sql_log=True) -%} {%- endif -%}
    {{ return(sql) }}
{%- endmacro %}
