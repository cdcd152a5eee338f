with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

contracts as (
    select * from {{ ref('int_contract_versions') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

account_login_days as (
    select * from {{ ref('int_account_login_days') }}
),

tickets as (
    select * from {{ ref('int_tickets_current') }}
),

products as (
    select * from {{ ref('int_products_current') }}
),

fx_rates as (
    select * from {{ ref('int_fx_rates_current') }}
),

staged_counts as (
    select
        'accounts' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(sum(case when is_backfilled then 1 else 0 end) as bigint) as backfilled_rows
    from accounts

    union all

    select
        'contracts' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from contracts
    where is_latest

    union all

    select
        'users' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(sum(case when is_backfilled then 1 else 0 end) as bigint) as backfilled_rows
    from users

    union all

    select
        'logins' as source,
        cast(coalesce(sum(staged_rows), 0) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from account_login_days

    union all

    select
        'tickets' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(sum(case when is_backfilled then 1 else 0 end) as bigint) as backfilled_rows
    from tickets

    union all

    select
        'products' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from products

    union all

    select
        'fx_rates' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from fx_rates
)

select * from staged_counts
