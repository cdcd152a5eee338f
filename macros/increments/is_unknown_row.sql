{% macro is_unknown_row(file, row_number) -%}
    {%- if is_incremental() -%}
    not exists (
        select 1
        from {{ this }} as known_rows
        where
            known_rows.source_file = {{ file }}
            and known_rows.source_row_number = {{ row_number }}
    )
    {%- else -%} true {%- endif -%}
{%- endmacro %}
