with

feature_usage as (
    select * from {{ ref('int_feature_usage_current') }}
),

month_days as (
    select * from {{ ref('int_month_login_days') }}
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

feature_months as (
    select
        used_days.account_id,
        used_days.feature,
        month_days.month,
        count(*) as days_used
    from used_days
    inner join month_days
        on used_days.usage_date = month_days.date
    group by used_days.account_id, used_days.feature, month_days.month
),

features_used as (
    select
        ---------- ids
        feature_months.account_id,
        ---------- numbers
        cast(
            sum(case when feature_months.days_used >= parameters.parameter_value then 1 else 0 end) as integer
        ) as features_used,
        ---------- dates
        feature_months.month
    from feature_months
    cross join parameters
    where parameters.parameter = 'adoption_days'
    group by feature_months.account_id, feature_months.month
)

select * from features_used
