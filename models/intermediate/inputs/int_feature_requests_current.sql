with

checked_feature_requests as (
    select * from {{ ref('int_feature_requests_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_feature_requests as (
    select
        ---------- ids
        checked_feature_requests.request_id,
        checked_feature_requests.account_id,
        ---------- strings
        checked_feature_requests.topic,
        checked_feature_requests.request_status,
        ---------- booleans
        accounts.is_internal as is_account_internal,
        ---------- timestamps
        checked_feature_requests.created_at,
        cast({{ known_at('checked_feature_requests.shipped_at') }} as timestamp) as shipped_at
    from checked_feature_requests
    cross join as_of
    inner join accounts
        on checked_feature_requests.account_id = accounts.account_id
    where checked_feature_requests.row_end = 'staged'
)

select * from current_feature_requests
