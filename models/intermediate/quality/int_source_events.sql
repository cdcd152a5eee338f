with

as_of as (
    select * from {{ ref('int_as_of') }}
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

login_file_days as (
    select * from {{ ref('int_login_file_days') }}
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

source_events as (
    select
        'accounts' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('created_at')) }}) as last_event_at
    from accounts
    cross join as_of

    union all

    select
        'contracts' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('updated_at')) }}) as last_event_at
    from contracts
    cross join as_of

    union all

    select
        'users' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('created_at')) }}) as last_event_at
    from users
    cross join as_of

    union all

    select
        'logins' as source,
        coalesce(sum(login_file_days.row_count), 0) as row_count,
        max(
            case when login_file_days.login_date <= as_of.as_of_date then login_file_days.last_event_at end
        ) as last_event_at
    from login_file_days
    cross join as_of

    union all

    select
        'tickets' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('created_at')) }}) as last_event_at
    from tickets
    cross join as_of

    union all

    select
        'products' as source,
        count(*) as row_count,
        cast(null as timestamp) as last_event_at
    from products
    cross join as_of

    union all

    select
        'fx_rates' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('rate_date')) }}) as last_event_at
    from fx_rates
    cross join as_of

    union all

    select
        'feature_usage' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('usage_date')) }}) as last_event_at
    from feature_usage
    cross join as_of

    union all

    select
        'data_volumes' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('snapshot_date')) }}) as last_event_at
    from data_volumes
    cross join as_of

    union all

    select
        'messages' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('sent_at')) }}) as last_event_at
    from messages
    cross join as_of

    union all

    select
        'touchpoints' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('occurred_at')) }}) as last_event_at
    from touchpoints
    cross join as_of

    union all

    select
        'surveys' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('sent_at')) }}) as last_event_at
    from surveys
    cross join as_of

    union all

    select
        'milestones' as source,
        count(*) as row_count,
        cast(null as timestamp) as last_event_at
    from milestones
    cross join as_of

    union all

    select
        'opportunities' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('opened_at')) }}) as last_event_at
    from opportunities
    cross join as_of

    union all

    select
        'invoices' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('issued_at')) }}) as last_event_at
    from invoices
    cross join as_of

    union all

    select
        'feature_requests' as source,
        count(*) as row_count,
        max({{ known_at(parse_timestamp('created_at')) }}) as last_event_at
    from feature_requests
    cross join as_of
)

select * from source_events
