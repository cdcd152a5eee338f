with

feature_usage as (
    select * from {{ ref('int_feature_usage_current') }}
),

parameters as (
    select * from {{ ref('engagement_parameters') }}
),

-- However many users and clicks: a feature is used on a day or it is not.
used_days as (
    select distinct
        account_id,
        feature,
        usage_date
    from feature_usage
    where
        not is_internal
        and event_count > 0
),

day_changes as (
    select
        account_id,
        feature,
        usage_date as changed_on,
        1 as day_change
    from used_days

    union all

    select
        account_id,
        feature,
        {{ add_days('usage_date', 28) }} as changed_on,
        -1 as day_change
    from used_days
),

feature_windows as (
    select
        account_id,
        feature,
        changed_on,
        lead(changed_on) over (partition by account_id, feature order by changed_on) as next_changed_on,
        sum(sum(day_change)) over (partition by account_id, feature order by changed_on) as days_used
    from day_changes
    group by account_id, feature, changed_on
),

adoptions as (
    select
        feature_windows.account_id,
        feature_windows.changed_on,
        feature_windows.next_changed_on
    from feature_windows
    inner join parameters
        on
            parameters.parameter = 'adoption_days'
            and feature_windows.days_used >= parameters.parameter_value
),

feature_changes as (
    select
        account_id,
        changed_on,
        1 as feature_change
    from adoptions

    union all

    select
        account_id,
        next_changed_on as changed_on,
        -1 as feature_change
    from adoptions
),

positions as (
    select
        account_id,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id order by changed_on) as valid_to,
        sum(sum(feature_change)) over (partition by account_id order by changed_on) as features_used
    from feature_changes
    group by account_id, changed_on
),

features_adopted as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(features_used as integer) as features_used,
        ---------- dates
        valid_from,
        valid_to
    from positions
    where features_used > 0
)

select * from features_adopted
