with

quarantined_rows as (
    select * from {{ ref('int_rows_quarantined') }}
),

accounts as (
    select * from {{ source('raw', 'accounts') }}
),

contracts as (
    select * from {{ source('raw', 'contracts') }}
),

users as (
    select * from {{ source('raw', 'users') }}
),

login_rows as (
    select * from {{ ref('raw_login_rows') }}
),

tickets as (
    select * from {{ source('raw', 'tickets') }}
),

products as (
    select * from {{ source('raw', 'products') }}
),

fx_rates as (
    select * from {{ source('raw', 'fx_rates') }}
),

malformed_lines as (
    select * from {{ source('raw', 'malformed_lines') }}
),

joined_rows as (
    select
        quarantined_rows.*,
        {{ raw_row_json('accounts._raw_row') }} as raw_row
    from quarantined_rows
    inner join accounts
        on
            quarantined_rows.source_file = accounts._file
            and quarantined_rows.source_row_number = accounts._row_number
    where
        quarantined_rows.source = 'accounts'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('contracts._raw_row') }} as raw_row
    from quarantined_rows
    inner join contracts
        on
            quarantined_rows.source_file = contracts._file
            and quarantined_rows.source_row_number = contracts._row_number
    where
        quarantined_rows.source = 'contracts'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('users._raw_row') }} as raw_row
    from quarantined_rows
    inner join users
        on
            quarantined_rows.source_file = users._file
            and quarantined_rows.source_row_number = users._row_number
    where
        quarantined_rows.source = 'users'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        login_rows.raw_row
    from quarantined_rows
    inner join login_rows
        on
            quarantined_rows.source_file = login_rows.source_file
            and quarantined_rows.source_row_number = login_rows.source_row_number
    where
        quarantined_rows.source = 'logins'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('tickets._raw_row') }} as raw_row
    from quarantined_rows
    inner join tickets
        on
            quarantined_rows.source_file = tickets._file
            and quarantined_rows.source_row_number = tickets._row_number
    where
        quarantined_rows.source = 'tickets'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('products._raw_row') }} as raw_row
    from quarantined_rows
    inner join products
        on
            quarantined_rows.source_file = products._file
            and quarantined_rows.source_row_number = products._row_number
    where
        quarantined_rows.source = 'products'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('fx_rates._raw_row') }} as raw_row
    from quarantined_rows
    inner join fx_rates
        on
            quarantined_rows.source_file = fx_rates._file
            and quarantined_rows.source_row_number = fx_rates._row_number
    where
        quarantined_rows.source = 'fx_rates'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        malformed_lines.line_text as raw_row
    from quarantined_rows
    inner join malformed_lines
        on
            quarantined_rows.source = malformed_lines.source
            and quarantined_rows.source_file = malformed_lines._file
            and quarantined_rows.source_row_number = malformed_lines._row_number
),

raw_rows as (
    select
        ---------- strings
        source,
        row_key,
        reasons,
        faulty_cells,
        raw_row,
        ---------- origin
        source_file,
        source_row_number
    from joined_rows
)

select * from raw_rows
