with

touchpoints as (
    select * from {{ ref('stg_raw__touchpoints') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        touchpoints.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(touchpoints.occurred_at >= as_of.as_of_end_at, false) as is_future_event
    from touchpoints
    cross join as_of
    left join known_accounts
        on touchpoints.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('touchpoints') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        touchpoint_id,
        account_id,
        ---------- strings
        touchpoint_kind,
        contact_owner,
        ---------- numbers
        sentiment,
        ---------- timestamps
        occurred_at,
        planned_at,
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
        {{ row_end('touchpoint_id') }} as row_end
    from checked
)

select * from ended
