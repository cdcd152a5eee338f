with

messages as (
    select * from {{ ref('stg_raw__messages') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        messages.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(messages.sent_at >= as_of.as_of_end_at, false) as is_future_event
    from messages
    cross join as_of
    left join known_accounts
        on messages.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('messages') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        message_id,
        account_id,
        ---------- strings
        direction,
        message_kind,
        ---------- timestamps
        sent_at,
        delivered_at,
        opened_at,
        replied_at,
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
        {{ row_end('message_id') }} as row_end
    from checked
)

select * from ended
