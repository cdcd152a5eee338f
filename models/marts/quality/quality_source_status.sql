with

source_status as (
    select * from {{ source('raw', 'source_status') }}
),

source_events as (
    select * from {{ ref('int_source_events') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

statuses as (
    select
        ---------- strings
        source_status.source,
        ---------- numbers
        cast(source_events.row_count as bigint) as rows,
        {{ days_between(reporting_date('source_events.last_event_at'), 'as_of.as_of_date') }} as days_behind_as_of,
        ---------- booleans
        source_status.is_connected,
        ---------- timestamps
        source_events.last_event_at
    from source_status
    cross join as_of
    inner join source_events
        on source_status.source = source_events.source
)

select * from statuses
