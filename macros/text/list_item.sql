{% macro list_item(list_column, place) -%}
    nullif(split_part({{ list_column }}, ', ', {{ place }}), '')
{%- endmacro %}
