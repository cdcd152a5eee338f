with

ended_rows as (
    select * from {{ ref('int_rows_ended') }}
),

malformed_lines as (
    select * from {{ source('raw', 'malformed_lines') }}
),

quarantined_rows as (
    select
        ---------- strings
        source,
        row_key,
        reasons,
        faulty_cells,
        ---------- origin
        source_file,
        source_row_number
    from ended_rows
    where row_end = 'quarantined'

    union all

    select
        ---------- strings
        source,
        cast(null as {{ text_type() }}) as row_key,
        {{ malformed_line_reason() }} as reasons,
        cast(null as {{ text_type() }}) as faulty_cells,
        ---------- origin
        _file as source_file,
        cast(_row_number as bigint) as source_row_number
    from malformed_lines
)

select * from quarantined_rows
