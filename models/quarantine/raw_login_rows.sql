with

checked_logins as (
    select * from {{ ref('int_logins_checked') }}
),

new_logins as (
    select * from {{ source('raw', 'new_logins') }}
),

logins as (
    select * from {{ source('raw', 'logins') }}
),

wanted_rows as (
    select
        source_file,
        source_row_number
    from checked_logins
    where
        row_end = 'quarantined'
        and {{ is_unknown_row('checked_logins.source_file', 'checked_logins.source_row_number') }}
),

new_rows as (
    select
        wanted_rows.source_file,
        wanted_rows.source_row_number,
        {{ raw_row_json('new_logins._raw_row') }} as raw_row
    from wanted_rows
    inner join new_logins
        on
            wanted_rows.source_file = new_logins._file
            and wanted_rows.source_row_number = new_logins._row_number
),

-- Seldom any: rows read in an earlier build that only this one finds fault with.
older_rows as (
    select
        wanted_rows.source_file,
        wanted_rows.source_row_number
    from wanted_rows
    left join new_rows
        on
            wanted_rows.source_file = new_rows.source_file
            and wanted_rows.source_row_number = new_rows.source_row_number
    where new_rows.source_file is null
),

login_rows as (
    select
        ---------- strings
        raw_row,
        ---------- origin
        source_file,
        source_row_number
    from new_rows

    union all

    select
        {{ raw_row_json('logins._raw_row') }} as raw_row,
        older_rows.source_file,
        older_rows.source_row_number
    from older_rows
    inner join logins
        on
            older_rows.source_file = logins._file
            and older_rows.source_row_number = logins._row_number
)

select * from login_rows
