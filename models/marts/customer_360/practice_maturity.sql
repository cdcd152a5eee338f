with

practices as (
    select * from {{ ref('survey_practices') }}
),

practice_evidence as (
    select * from {{ ref('practice_evidence') }}
),

account_evidence as (
    select * from {{ ref('int_account_evidence') }}
),

source_status as (
    select * from {{ ref('quality_source_status') }}
),

present_accounts as (
    select * from {{ ref('int_account_present_lines') }}
),

evidence_sources as (
    select
        practice_evidence.practice_id,
        practice_evidence.source,
        practice_evidence.source || ': ' || practice_evidence.mart as shown_in,
        coalesce(source_status.is_connected, false) as is_connected
    from practice_evidence
    left join source_status
        on practice_evidence.source = source_status.source
),

-- No practice needs more than two sources, so the first and the last name them all.
practice_sources as (
    select
        practice_id,
        min(case when is_connected then 1 else 0 end) = 1 as is_connected,
        min(shown_in) as first_evidence,
        max(shown_in) as last_evidence,
        min(case when not is_connected then source end) as first_missing,
        max(case when not is_connected then source end) as last_missing
    from evidence_sources
    group by practice_id
),

practice_accounts as (
    select
        practice_evidence.practice_id,
        count(distinct present_accounts.account_id) as accounts_with_data
    from practice_evidence
    inner join account_evidence
        on practice_evidence.evidence = account_evidence.evidence
    inner join present_accounts
        on account_evidence.account_id = present_accounts.account_id
    group by practice_evidence.practice_id
),

account_counts as (
    select count(*) as present_accounts
    from present_accounts
),

-- A figure is given only where all sources of the practice are connected: else it would look like a bad one.
readable_practices as (
    select
        practices.*,
        account_counts.present_accounts,
        coalesce(practice_sources.is_connected, false) as is_supported,
        practice_sources.first_evidence
        || coalesce(', ' || nullif(practice_sources.last_evidence, practice_sources.first_evidence), '') as evidence,
        practice_sources.first_missing
        || coalesce(', ' || nullif(practice_sources.last_missing, practice_sources.first_missing), '')
            as missing_sources,
        case
            when practice_sources.is_connected then coalesce(practice_accounts.accounts_with_data, 0)
        end as accounts_with_data
    from practices
    cross join account_counts
    left join practice_sources
        on practices.practice_id = practice_sources.practice_id
    left join practice_accounts
        on practices.practice_id = practice_accounts.practice_id
),

maturity as (
    select
        ---------- ids
        practice_id,
        ---------- strings
        practice_en,
        practice_ja,
        question,
        evidence,
        missing_sources,
        unreadable_reason,
        ---------- numbers
        share_percent,
        baseline_percent,
        cast(sample_size as integer) as sample_size,
        cast(accounts_with_data as integer) as accounts_with_data,
        cast(present_accounts as integer) as present_accounts,
        {{ ratio('accounts_with_data', 'present_accounts') }} as coverage_rate,
        ---------- booleans
        is_supported
    from readable_practices
)

select * from maturity
