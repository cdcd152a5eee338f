with

feature_usage as (
    select * from {{ ref('int_feature_usage_current') }}
),

feature_first_uses as (
    select
        ---------- strings
        feature,
        ---------- dates
        min(usage_date) as first_used_date
    from feature_usage
    where
        not is_internal
        and event_count > 0
    group by feature
)

select * from feature_first_uses
