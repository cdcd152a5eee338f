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

owned_uses as (
    select
        checked_feature_usage.account_id,
        checked_feature_usage.user_id,
        checked_feature_usage.feature,
        checked_feature_usage.event_count,
        checked_feature_usage.usage_date,
        users.user_id is not null as is_known_user,
        accounts.is_internal or coalesce(users.is_internal, false) as is_internal
    from checked_feature_usage
    inner join accounts
        on checked_feature_usage.account_id = accounts.account_id
    left join users
        on checked_feature_usage.user_id = users.user_id
    where checked_feature_usage.row_end = 'staged'
),

current_feature_usage as (
    select
        ---------- ids
        account_id,
        user_id,
        ---------- strings
        feature,
        ---------- numbers
        event_count,
        ---------- booleans
        is_known_user,
        is_internal,
        ---------- dates
        usage_date
    from owned_uses
)

select * from current_feature_usage
