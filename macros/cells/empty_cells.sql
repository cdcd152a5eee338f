{# Null when every listed kind of cell holds something; else the empty columns, each after a blank. #}
{% macro empty_cells(source, keys) -%}
    {%- set names = [] -%}
    {%- for column in raw_columns(source) if column.is_required -%}
        {%- set is_row_key = column.is_key and column.name != 'updated_at' -%}
        {%- if is_row_key == keys -%} {%- do names.append(column.name) -%} {%- endif -%}
    {%- endfor -%}
    {%- if not names -%} cast(null as {{ text_type() }}) {%- else -%}
    nullif(
        {%- for name in names %}
        case when {{ parse_text(name) }} is null then ' {{ name }}' else '' end{{ ' ||' if not loop.last }}
        {%- endfor %}
        , ''
    )
    {%- endif -%}
{%- endmacro %}
