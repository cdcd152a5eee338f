with

data_volumes as (
    select * from {{ ref('stg_raw__data_volumes') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        data_volumes.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(data_volumes.snapshot_date > as_of.as_of_date, false) as is_future_event
    from data_volumes
    cross join as_of
    left join known_accounts
        on data_volumes.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('data_volumes') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        account_id,
        ---------- strings
        object_type,
        ---------- numbers
        record_count,
        plan_limit,
        ---------- dates
        snapshot_date,
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
        {{ row_end('account_id, snapshot_date, object_type') }} as row_end
    from checked
)

select * from ended
