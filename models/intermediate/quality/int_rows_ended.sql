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

feature_usage as (
    select * from {{ ref('int_feature_usage_checked') }}
),

data_volumes as (
    select * from {{ ref('int_data_volumes_checked') }}
),

messages as (
    select * from {{ ref('int_messages_checked') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_checked') }}
),

surveys as (
    select * from {{ ref('int_surveys_checked') }}
),

milestones as (
    select * from {{ ref('int_milestones_checked') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_checked') }}
),

invoices as (
    select * from {{ ref('int_invoices_checked') }}
),

feature_requests as (
    select * from {{ ref('int_feature_requests_checked') }}
),

ended_rows as (
    select
        'accounts' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from accounts

    union all

    select
        'contracts' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from contracts

    union all

    select
        'users' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from users

    union all

    select
        'logins' as source,
        row_key,
        reasons,
        faulty_cells,
        row_end,
        source_file,
        source_row_number
    from logins

    union all

    select
        'tickets' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from tickets

    union all

    select
        'products' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from products

    union all

    select
        'fx_rates' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from fx_rates

    union all

    select
        'feature_usage' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from feature_usage

    union all

    select
        'data_volumes' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from data_volumes

    union all

    select
        'messages' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from messages

    union all

    select
        'touchpoints' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from touchpoints

    union all

    select
        'surveys' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from surveys

    union all

    select
        'milestones' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from milestones

    union all

    select
        'opportunities' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from opportunities

    union all

    select
        'invoices' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from invoices

    union all

    select
        'feature_requests' as source,
        row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        row_end,
        source_file,
        source_row_number
    from feature_requests
)

select * from ended_rows
