{# On a server the marts are built beside the published ones, and put in their place when all is well. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set name = (custom_schema_name or target.schema) | trim -%}
    {{ name ~ '_next' if name == 'marts' and target.type == 'postgres' else name }}
{%- endmacro %}
