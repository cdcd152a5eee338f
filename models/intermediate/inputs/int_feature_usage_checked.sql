with

feature_usage as (
    select * from {{ ref('stg_raw__feature_usage') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        feature_usage.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(feature_usage.usage_date > as_of.as_of_date, false) as is_future_event
    from feature_usage
    cross join as_of
    left join known_accounts
        on feature_usage.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('feature_usage') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        account_id,
        user_id,
        ---------- strings
        feature,
        ---------- numbers
        event_count,
        ---------- dates
        usage_date,
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
        {{ row_end('account_id, usage_date, feature, user_id') }} as row_end
    from checked
)

select * from ended
