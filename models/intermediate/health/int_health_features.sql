with

observations as (
    select * from {{ ref('int_health_observations') }}
),

features_adopted as (
    select * from {{ ref('int_features_adopted') }}
),

features_entitled as (
    select * from {{ ref('int_features_entitled_known') }}
),

features_seen as (
    select * from {{ ref('int_features_seen') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

dated_adoptions as (
    select
        features_adopted.account_id,
        features_adopted.features_used,
        features_seen.date
    from features_adopted
    inner join features_seen
        on
            features_adopted.valid_from <= features_seen.date
            and features_adopted.valid_to > features_seen.date
),

-- Who is not known to hold a product that lists its features may use all that customers use so far.
counted as (
    select
        observations.account_id,
        observations.date,
        sources_connected.has_feature_usage,
        features_seen.features_seen,
        coalesce(dated_adoptions.features_used, 0) as features_used,
        case
            when coalesce(features_entitled.has_unlisted_product, true)
                then features_seen.features_seen + coalesce(features_entitled.listed_unseen_features, 0)
            else features_entitled.listed_features
        end as features_entitled
    from observations
    cross join sources_connected
    inner join features_seen
        on observations.date = features_seen.date
    left join dated_adoptions
        on
            observations.account_id = dated_adoptions.account_id
            and observations.date = dated_adoptions.date
    left join features_entitled
        on
            observations.account_id = features_entitled.account_id
            and observations.date >= features_entitled.valid_from
            and observations.date < features_entitled.valid_to
),

valued as (
    select
        *,
        case when features_seen > 0 then {{ ratio('features_used', 'features_entitled') }} end as feature_breadth
    from counted
),

health_features as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        feature_breadth,
        ---------- booleans
        cast(has_feature_usage and features_entitled > 0 as boolean) as feature_breadth_applies,
        ---------- dates
        date,
        case when feature_breadth is not null then date end as feature_breadth_on
    from valued
)

select * from health_features
