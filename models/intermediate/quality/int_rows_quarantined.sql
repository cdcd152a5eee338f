with

accounts as (
    select * from {{ ref('int_accounts_checked') }}
),

contracts as (
    select * from {{ ref('int_contracts_checked') }}
),

users as (
    select * from {{ ref('int_users_checked') }}
),

logins as (
    select * from {{ ref('int_logins_checked') }}
),

tickets as (
    select * from {{ ref('int_tickets_checked') }}
),

products as (
    select * from {{ ref('int_products_checked') }}
),

fx_rates as (
    select * from {{ ref('int_fx_rates_checked') }}
),

malformed_lines as (
    select * from {{ source('raw', 'malformed_lines') }}
),

quarantined_rows as (
    select
        'accounts' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        source_row_number
    from accounts
    where row_end = 'quarantined'

    union all

    select
        'contracts' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        source_row_number
    from contracts
    where row_end = 'quarantined'

    union all

    select
        'users' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        source_row_number
    from users
    where row_end = 'quarantined'

    union all

    select
        'logins' as source,
        row_key,
        reasons,
        faulty_cells,
        source_file,
        source_row_number
    from logins
    where row_end = 'quarantined'

    union all

    select
        'tickets' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        source_row_number
    from tickets
    where row_end = 'quarantined'

    union all

    select
        'products' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        source_row_number
    from products
    where row_end = 'quarantined'

    union all

    select
        'fx_rates' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        source_row_number
    from fx_rates
    where row_end = 'quarantined'

    union all

    select
        source,
        cast(null as {{ text_type() }}) as row_key,
        {{ malformed_line_reason() }} as reasons,
        cast(null as {{ text_type() }}) as faulty_cells,
        _file as source_file,
        cast(_row_number as bigint) as source_row_number
    from malformed_lines
    where source in ('accounts', 'contracts', 'users', 'logins', 'tickets', 'products', 'fx_rates')
)

select * from quarantined_rows
