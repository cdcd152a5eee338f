with

contracts as (
    select * from {{ ref('stg_raw__contracts') }}
),

login_file_days as (
    select * from {{ ref('int_login_file_days') }}
),

tickets as (
    select * from {{ ref('stg_raw__tickets') }}
),

source_dates as (
    select
        'contracts' as source,
        'updated_at' as column_name,
        {{ reporting_date('updated_at') }} as event_date,
        source_file,
        min(source_row_number) as source_row_number
    from contracts
    where updated_at is not null
    group by {{ reporting_date('updated_at') }}, source_file

    union all

    select
        'logins' as source,
        'logged_in_at' as column_name,
        login_date as event_date,
        source_file,
        source_row_number
    from login_file_days
    where login_date is not null

    union all

    select
        'tickets' as source,
        'created_at' as column_name,
        {{ reporting_date('created_at') }} as event_date,
        source_file,
        min(source_row_number) as source_row_number
    from tickets
    where created_at is not null
    group by {{ reporting_date('created_at') }}, source_file
),

ranked_dates as (
    select
        *,
        dense_rank() over (order by event_date desc) as candidate_rank,
        row_number() over (
            partition by event_date
            order by source, source_file, source_row_number
        ) as row_in_date
    from source_dates
),

candidates as (
    select
        ---------- strings
        source,
        column_name,
        source_file,
        ---------- numbers
        cast(candidate_rank as integer) as candidate_rank,
        source_row_number,
        ---------- dates
        event_date as as_of_candidate
    from ranked_dates
    where
        candidate_rank <= 2
        and row_in_date = 1
)

select * from candidates
