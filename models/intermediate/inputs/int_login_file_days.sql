with

logins as (
    select * from {{ ref('stg_raw__logins') }}
),

dated_logins as (
    select
        source_file,
        source_row_number,
        {{ reporting_date('logged_in_at') }} as login_date,
        logged_in_at
    from logins
),

file_days as (
    select
        ---------- strings
        source_file,
        ---------- numbers
        cast(count(*) as bigint) as row_count,
        cast(min(source_row_number) as bigint) as source_row_number,
        ---------- dates
        login_date,
        ---------- timestamps
        max(logged_in_at) as last_event_at
    from dated_logins
    group by source_file, login_date
)

select * from file_days
