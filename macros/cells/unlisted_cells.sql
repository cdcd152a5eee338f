{# Null when every cell with a list of values holds one of them; else the other columns, each after a blank. #}
{% macro unlisted_cells(source) -%}
    {%- set columns = raw_columns(source) | selectattr('accepted_values') | list -%}
    {%- if not columns -%} cast(null as {{ text_type() }}) {%- else -%}
    nullif(
        {%- for column in columns %}
        case
            when {{ parse_text(column.name) }} not in ('{{ column.accepted_values | join("', '") }}')
                then ' {{ column.name }}'
            else ''
        end{{ ' ||' if not loop.last }}
        {%- endfor %}
        , ''
    )
    {%- endif -%}
{%- endmacro %}
