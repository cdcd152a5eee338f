{# The columns whose cells are at fault, sorted by kind of fault; null when the fault is of the row. #}
{% macro faulty_cells() -%}
    nullif(
        trim(
            coalesce(empty_key_cells, '')
            || coalesce(empty_required_cells, '')
            || coalesce(bad_cells, '')
            || coalesce(unlisted_cells, '')
        )
        , ''
    )
{%- endmacro %}
