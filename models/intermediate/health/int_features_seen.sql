with

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

feature_usage as (
    select * from {{ ref('int_feature_usage_current') }}
),

first_uses as (
    select
        feature,
        min(usage_date) as first_used_date
    from feature_usage
    where
        not is_internal
        and event_count > 0
    group by feature
),

features_seen as (
    select
        ---------- numbers
        cast(count(first_uses.feature) as integer) as features_seen,
        ---------- dates
        observation_dates.date
    from observation_dates
    left join first_uses
        on observation_dates.date >= first_uses.first_used_date
    group by observation_dates.date
)

select * from features_seen
