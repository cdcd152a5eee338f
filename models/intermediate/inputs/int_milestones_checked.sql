with

milestones as (
    select * from {{ ref('stg_raw__milestones') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

facts as (
    select
        milestones.*,
        false as is_future_event,
        known_accounts.account_id is not null as is_known_account
    from milestones
    left join known_accounts
        on milestones.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('milestones') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        account_id,
        ---------- strings
        milestone,
        ---------- timestamps
        due_at,
        completed_at,
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
        {{ row_end('account_id, milestone') }} as row_end
    from checked
)

select * from ended
