{% macro health_parameter_columns(suffix, parameter, data_type) -%}
    {{ health_columns(
        "cast(max(case when component_id = '<c>' then " ~ parameter ~ " end) as " ~ data_type ~ ") as <c>_" ~ suffix
    ) }}
{%- endmacro %}
