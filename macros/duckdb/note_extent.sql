{% macro note_extent(plan) -%}
    {%- do run_query("insert into changes.extents values ('" ~ plan.name ~ "', '" ~ plan.extent ~ "')") -%}
{%- endmacro %}
