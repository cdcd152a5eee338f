with

quarantined_rows as (
    select * from {{ ref('int_rows_quarantined') }}
),

quarantine as (
    select
        ---------- strings
        source,
        row_key,
        reasons,
        faulty_cells,
        source_file,
        ---------- numbers
        source_row_number
    from quarantined_rows
)

select * from quarantine
