with

surveys as (
    select * from {{ ref('stg_raw__surveys') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

facts as (
    select
        surveys.*,
        known_accounts.account_id is not null as is_known_account,
        coalesce(surveys.sent_at >= as_of.as_of_end_at, false) as is_future_event
    from surveys
    cross join as_of
    left join known_accounts
        on surveys.account_id = known_accounts.account_id
),

checked as (
    select
        *,
        {{ quarantine_reasons('surveys') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        survey_id,
        account_id,
        user_id,
        ---------- strings
        survey_kind,
        ---------- numbers
        survey_score,
        ---------- timestamps
        sent_at,
        responded_at,
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
        {{ row_end('survey_id') }} as row_end
    from checked
)

select * from ended
