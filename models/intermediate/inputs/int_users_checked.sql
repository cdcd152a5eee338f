with

users as (
    select * from {{ ref('stg_raw__users') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        users.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(users.updated_at < as_of.as_of_end_at, true) as is_known_version,
        coalesce(users.created_at >= as_of.as_of_end_at, false) as is_future_event
    from users
    cross join as_of
    left join known_accounts
        on users.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('users') }} as row_reasons
    from facts
),

versioned as (
    select
        *,
        {{ reasons_with_versions('user_id') }} as reasons
    from checked
),

ended as (
    select
        ---------- ids
        user_id,
        account_id,
        ---------- strings
        role,
        ---------- booleans
        is_internal,
        ---------- timestamps
        created_at,
        deactivated_at,
        updated_at,
        ---------- checks
        is_known_account,
        is_known_version,
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
        {{ row_end('user_id', version='updated_at') }} as row_end
    from versioned
)

select * from ended
