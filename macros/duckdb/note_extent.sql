{% macro note_extent(name, extent, made) -%}
    {%- do run_query("insert into changes.extents values ('" ~ name ~ "', '" ~ extent ~ "', '" ~ made ~ "')") -%}
{%- endmacro %}
