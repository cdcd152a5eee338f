{# Null when every cell of the row parses; else the columns whose cell does not, each after a blank. #}
{% macro bad_cells(source) -%}
    nullif(
        {%- for column in raw_columns(source) if column.type != 'text' %}
        case
            when {{ parse_text(column.name) }} is not null and {{ parse_cell(column.name, column.type) }} is null
                then ' {{ column.name }}'
            else ''
        end{{ ' ||' if not loop.last }}
        {%- endfor %}
        , ''
    )
{%- endmacro %}
