with

checked_feature_usage as (
    select * from {{ ref('int_feature_usage_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

current_feature_usage as (
    select
        ---------- ids
        checked_feature_usage.account_id,
        checked_feature_usage.user_id,
        ---------- strings
        checked_feature_usage.feature,
        ---------- numbers
        checked_feature_usage.event_count,
        ---------- booleans
        users.user_id is not null as is_known_user,
        cast(accounts.is_internal or coalesce(users.is_internal, false) as boolean) as is_internal,
        ---------- dates
        checked_feature_usage.usage_date
    from checked_feature_usage
    inner join accounts
        on checked_feature_usage.account_id = accounts.account_id
    left join users
        on checked_feature_usage.user_id = users.user_id
    where checked_feature_usage.row_end = 'staged'
)

select * from current_feature_usage
