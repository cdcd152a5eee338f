with

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

first_uses as (
    select * from {{ ref('int_feature_first_uses') }}
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
