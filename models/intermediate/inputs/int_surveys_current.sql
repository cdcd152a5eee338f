with

checked_surveys as (
    select * from {{ ref('int_surveys_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_surveys as (
    select
        ---------- ids
        checked_surveys.survey_id,
        checked_surveys.account_id,
        users.user_id,
        ---------- strings
        checked_surveys.survey_kind,
        ---------- numbers
        cast(
            {{ known_at(
                'coalesce(checked_surveys.responded_at, checked_surveys.sent_at)', 'checked_surveys.survey_score'
            ) }} as bigint
        ) as survey_score,
        ---------- booleans
        accounts.is_internal as is_account_internal,
        coalesce(users.is_internal, false) as is_user_internal,
        ---------- timestamps
        checked_surveys.sent_at,
        cast({{ known_at('checked_surveys.responded_at') }} as timestamp) as responded_at
    from checked_surveys
    cross join as_of
    inner join accounts
        on checked_surveys.account_id = accounts.account_id
    left join users
        on checked_surveys.user_id = users.user_id
    where checked_surveys.row_end = 'staged'
)

select * from current_surveys
