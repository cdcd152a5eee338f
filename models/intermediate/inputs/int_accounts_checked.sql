with

accounts as (
    select * from {{ ref('stg_raw__accounts') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        accounts.*,
        coalesce(accounts.updated_at < as_of.as_of_end_at, true) as is_known_version,
        coalesce(accounts.created_at >= as_of.as_of_end_at, false) as is_future_event
    from accounts
    cross join as_of
),

checked as (
    select
        *,
        {{ quarantine_reasons('accounts') }} as row_reasons
    from facts
),

versioned as (
    select
        *,
        {{ reasons_with_versions('account_id') }} as reasons
    from checked
),

ended as (
    select
        ---------- ids
        account_id,
        parent_account_id,
        ---------- strings
        account_name,
        industry,
        country,
        segment,
        owner,
        touch_model,
        ---------- numbers
        employee_count,
        ---------- booleans
        is_internal,
        ---------- timestamps
        created_at,
        updated_at,
        ---------- checks
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
        {{ row_end('account_id', version='updated_at') }} as row_end
    from versioned
)

select * from ended
