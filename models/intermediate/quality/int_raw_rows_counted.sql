with

accounts as (
    select * from {{ source('raw', 'accounts') }}
),

contracts as (
    select * from {{ source('raw', 'contracts') }}
),

users as (
    select * from {{ source('raw', 'users') }}
),

logins as (
    select * from {{ source('raw', 'logins') }}
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

raw_counts as (
    select
        'accounts' as source,
        count(*) as row_count
    from accounts

    union all

    select
        'contracts' as source,
        count(*) as row_count
    from contracts

    union all

    select
        'users' as source,
        count(*) as row_count
    from users

    union all

    select
        'logins' as source,
        count(*) as row_count
    from logins

    union all

    select
        'tickets' as source,
        count(*) as row_count
    from tickets

    union all

    select
        'products' as source,
        count(*) as row_count
    from products

    union all

    select
        'fx_rates' as source,
        count(*) as row_count
    from fx_rates

    union all

    select
        source,
        count(*) as row_count
    from malformed_lines
    where source in ('accounts', 'contracts', 'users', 'logins', 'tickets', 'products', 'fx_rates')
    group by source
),

totals as (
    select
        source,
        cast(sum(row_count) as bigint) as raw_rows
    from raw_counts
    group by source
)

select * from totals
