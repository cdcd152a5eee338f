{% macro settle_table(relation) -%}
    {{ return(adapter.dispatch('settle_table')(relation)) }}
{%- endmacro %}

{% macro default__settle_table(relation) -%} {%- endmacro %}

{#
    Postgres plans by statistics that it would gather some time later. Texts are ordered byte by
    byte, whatever the database's locale; a text that comes from no raw cell would follow the locale.
#}
{% macro postgres__settle_table(relation) -%}
    {%- if execute and model.config.materialized != 'view' -%}
        {%- set columns = run_query(
            "select attname, format_type(atttypid, atttypmod) from pg_catalog.pg_attribute"
            ~ " where attrelid = cast('" ~ relation ~ "' as regclass) and attnum > 0 and not attisdropped"
            ~ " and attcollation = cast('\"default\"' as regcollation)"
        ) -%}
        {%- set changes = [] -%}
        {%- for name, type in columns.rows -%}
            {%- do changes.append('alter column ' ~ adapter.quote(name) ~ ' type ' ~ type ~ ' collate "C"') -%}
        {%- endfor -%}
        {%- if changes %} alter table {{ relation }} {{ changes | join(', ') }}; {% endif -%}
        analyze {{ relation }};
    {%- endif -%}
{%- endmacro %}
