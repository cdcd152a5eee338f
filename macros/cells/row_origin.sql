{# The columns every staging model ends with: where the row came from and what its cells lack. #}
{% macro row_origin(source) -%}
    {%- set keys = raw_columns(source) | selectattr('is_key') | map(attribute='name') | list -%}
    {{ empty_cells(source, keys=true) }} as empty_key_cells,
    {{ empty_cells(source, keys=false) }} as empty_required_cells,
    {{ bad_cells(source) }} as bad_cells,
    {{ unlisted_cells(source) }} as unlisted_cells,
    {% for key in keys -%}
        coalesce({{ parse_text(key) }}, ''){{ " || '|' || " if not loop.last }}
    {%- endfor %} as row_key,
    cast(_file as {{ text_type() }}) as source_file,
    cast(_row_number as bigint) as source_row_number
{%- endmacro %}
