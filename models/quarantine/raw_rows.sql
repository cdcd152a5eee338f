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

feature_usage as (
    select * from {{ source('raw', 'feature_usage') }}
),

data_volumes as (
    select * from {{ source('raw', 'data_volumes') }}
),

messages as (
    select * from {{ source('raw', 'messages') }}
),

touchpoints as (
    select * from {{ source('raw', 'touchpoints') }}
),

surveys as (
    select * from {{ source('raw', 'surveys') }}
),

milestones as (
    select * from {{ source('raw', 'milestones') }}
),

opportunities as (
    select * from {{ source('raw', 'opportunities') }}
),

invoices as (
    select * from {{ source('raw', 'invoices') }}
),

feature_requests as (
    select * from {{ source('raw', 'feature_requests') }}
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
        {{ raw_row_json('feature_usage._raw_row') }} as raw_row
    from quarantined_rows
    inner join feature_usage
        on
            quarantined_rows.source_file = feature_usage._file
            and quarantined_rows.source_row_number = feature_usage._row_number
    where
        quarantined_rows.source = 'feature_usage'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('data_volumes._raw_row') }} as raw_row
    from quarantined_rows
    inner join data_volumes
        on
            quarantined_rows.source_file = data_volumes._file
            and quarantined_rows.source_row_number = data_volumes._row_number
    where
        quarantined_rows.source = 'data_volumes'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('messages._raw_row') }} as raw_row
    from quarantined_rows
    inner join messages
        on
            quarantined_rows.source_file = messages._file
            and quarantined_rows.source_row_number = messages._row_number
    where
        quarantined_rows.source = 'messages'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('touchpoints._raw_row') }} as raw_row
    from quarantined_rows
    inner join touchpoints
        on
            quarantined_rows.source_file = touchpoints._file
            and quarantined_rows.source_row_number = touchpoints._row_number
    where
        quarantined_rows.source = 'touchpoints'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('surveys._raw_row') }} as raw_row
    from quarantined_rows
    inner join surveys
        on
            quarantined_rows.source_file = surveys._file
            and quarantined_rows.source_row_number = surveys._row_number
    where
        quarantined_rows.source = 'surveys'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('milestones._raw_row') }} as raw_row
    from quarantined_rows
    inner join milestones
        on
            quarantined_rows.source_file = milestones._file
            and quarantined_rows.source_row_number = milestones._row_number
    where
        quarantined_rows.source = 'milestones'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('opportunities._raw_row') }} as raw_row
    from quarantined_rows
    inner join opportunities
        on
            quarantined_rows.source_file = opportunities._file
            and quarantined_rows.source_row_number = opportunities._row_number
    where
        quarantined_rows.source = 'opportunities'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('invoices._raw_row') }} as raw_row
    from quarantined_rows
    inner join invoices
        on
            quarantined_rows.source_file = invoices._file
            and quarantined_rows.source_row_number = invoices._row_number
    where
        quarantined_rows.source = 'invoices'
        and quarantined_rows.reasons <> {{ malformed_line_reason() }}

    union all

    select
        quarantined_rows.*,
        {{ raw_row_json('feature_requests._raw_row') }} as raw_row
    from quarantined_rows
    inner join feature_requests
        on
            quarantined_rows.source_file = feature_requests._file
            and quarantined_rows.source_row_number = feature_requests._row_number
    where
        quarantined_rows.source = 'feature_requests'
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
