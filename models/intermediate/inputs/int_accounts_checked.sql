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
        facts.*,
        {{ quarantine_reasons('accounts') }} as row_reasons
    from facts
),

versioned as (
    select
        checked.*,
        {{ reasons_with_versions('account_id') }} as reasons
    from checked
),

ended as (
    select
        versioned.*,
        {{ row_end('account_id', version='updated_at') }} as row_end
    from versioned
)

select * from ended
