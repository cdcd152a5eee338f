with

feature_requests as (
    select * from {{ ref('int_feature_requests_current') }}
),

declined_statuses as (
    select * from {{ ref('declined_request_statuses') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

dated_requests as (
    select
        feature_requests.request_id,
        feature_requests.account_id,
        feature_requests.topic,
        declined_statuses.request_status is not null as has_declined_status,
        as_of.as_of_date,
        {{ reporting_date('feature_requests.created_at') }} as created_date,
        {{ reporting_date('feature_requests.shipped_at') }} as shipped_date
    from feature_requests
    cross join as_of
    left join declined_statuses
        on lower(feature_requests.request_status) = declined_statuses.request_status
    where not feature_requests.is_account_internal
),

-- A status has no time of its own, a shipping has: where they contradict each other, the shipping counts.
judged_requests as (
    select
        *,
        shipped_date is not null as is_shipped,
        shipped_date is null and has_declined_status as is_declined,
        shipped_date is null and not has_declined_status as is_open,
        greatest({{ days_between('created_date', 'shipped_date') }}, 0) as days_to_ship,
        {{ days_between('created_date', 'as_of_date') }} as days_waited
    from dated_requests
),

settled_requests as (
    select
        ---------- ids
        request_id,
        account_id,
        ---------- strings
        topic,
        ---------- numbers
        cast(case when is_shipped then days_to_ship end as integer) as days_to_ship,
        cast(
            case
                when is_shipped then days_to_ship
                when is_open then days_waited
            end as integer
        ) as days_observed,
        ---------- booleans
        is_open,
        is_shipped,
        is_declined,
        ---------- dates
        created_date,
        shipped_date
    from judged_requests
)

select * from settled_requests
