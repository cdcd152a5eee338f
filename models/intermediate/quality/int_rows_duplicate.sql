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

duplicate_rows as (
    select
        'accounts' as source,
        source_file,
        source_row_number
    from accounts
    where row_end = 'duplicate'

    union all

    select
        'contracts' as source,
        source_file,
        source_row_number
    from contracts
    where row_end = 'duplicate'

    union all

    select
        'users' as source,
        source_file,
        source_row_number
    from users
    where row_end = 'duplicate'

    union all

    select
        'logins' as source,
        source_file,
        source_row_number
    from logins
    where row_end = 'duplicate'

    union all

    select
        'tickets' as source,
        source_file,
        source_row_number
    from tickets
    where row_end = 'duplicate'

    union all

    select
        'products' as source,
        source_file,
        source_row_number
    from products
    where row_end = 'duplicate'

    union all

    select
        'fx_rates' as source,
        source_file,
        source_row_number
    from fx_rates
    where row_end = 'duplicate'
)

select * from duplicate_rows
