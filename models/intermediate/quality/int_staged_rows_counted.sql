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

feature_usage as (
    select * from {{ ref('int_feature_usage_current') }}
),

data_volumes as (
    select * from {{ ref('int_data_volumes_current') }}
),

messages as (
    select * from {{ ref('int_messages_current') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_current') }}
),

surveys as (
    select * from {{ ref('int_surveys_current') }}
),

milestones as (
    select * from {{ ref('int_milestones_current') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_current') }}
),

invoices as (
    select * from {{ ref('int_invoices_current') }}
),

feature_requests as (
    select * from {{ ref('int_feature_requests_current') }}
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

    union all

    select
        'feature_usage' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from feature_usage

    union all

    select
        'data_volumes' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from data_volumes

    union all

    select
        'messages' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from messages

    union all

    select
        'touchpoints' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from touchpoints

    union all

    select
        'surveys' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from surveys

    union all

    select
        'milestones' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from milestones

    union all

    select
        'opportunities' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from opportunities

    union all

    select
        'invoices' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from invoices

    union all

    select
        'feature_requests' as source,
        cast(count(*) as bigint) as staged_rows,
        cast(0 as bigint) as backfilled_rows
    from feature_requests
)

select * from staged_counts
