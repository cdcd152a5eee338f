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
        facts.*,
        {{ quarantine_reasons('users') }} as row_reasons
    from facts
),

versioned as (
    select
        checked.*,
        {{ reasons_with_versions('user_id') }} as reasons
    from checked
),

ended as (
    select
        versioned.*,
        {{ row_end('user_id', version='updated_at') }} as row_end
    from versioned
)

select * from ended
