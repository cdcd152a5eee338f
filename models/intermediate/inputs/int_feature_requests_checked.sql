with

feature_requests as (
    select * from {{ ref('stg_raw__feature_requests') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        feature_requests.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(feature_requests.created_at >= as_of.as_of_end_at, false) as is_future_event
    from feature_requests
    cross join as_of
    left join known_accounts
        on feature_requests.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('feature_requests') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        request_id,
        account_id,
        ---------- strings
        topic,
        request_status,
        ---------- timestamps
        created_at,
        shipped_at,
        ---------- checks
        is_known_account,
        is_future_event,
        empty_key_cells,
        empty_required_cells,
        bad_cells,
        unlisted_cells,
        row_key,
        reasons,
        ---------- origin
        source_file,
        source_row_number,
        ---------- end
        {{ row_end('request_id') }} as row_end
    from checked
)

select * from ended
