{% macro spark_type_of(data_type) -%}
    {{ return({'varchar': text_type(), 'double precision': double_type()}.get(data_type, data_type)) }}
{%- endmacro %}
