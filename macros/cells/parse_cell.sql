{% macro parse_cell(cell, type) -%}
    {%- if type == 'text' -%} {{ parse_text(cell) }}
    {%- elif type == 'integer' -%} {{ parse_integer(cell) }}
    {%- elif type == 'boolean' -%} {{ parse_boolean(cell) }}
    {%- elif type == 'date' -%} {{ parse_date(cell) }}
    {%- elif type == 'timestamp' -%} {{ parse_timestamp(cell) }}
    {%- elif type.startswith('decimal') -%}
        {%- set size = type[8:-1].split(',') -%}
        {{ parse_decimal(cell, size[0] | trim, size[1] | trim) }}
    {%- else -%}
        {{ exceptions.raise_compiler_error("parse_cell: no reader for the type '" ~ type ~ "' of the cell " ~ cell) }}
    {%- endif -%}
{%- endmacro %}
