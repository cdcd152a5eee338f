with

calibration as (
    select * from {{ ref('health_calibration') }}
),

versions as (
    select * from {{ ref('int_health_versions') }}
),

current_bands as (
    select
        calibration.*,
        case calibration.band when 'at_risk' then 1 when 'neutral' then 2 when 'healthy' then 3 end as band_order
    from calibration
    inner join versions
        on
            calibration.score_version = versions.score_version
            and versions.is_current_version
    where
        calibration.horizon_days = 90
        and calibration.date_set = 'all'
),

unordered_bands as (
    select
        lower_bands.score_version,
        lower_bands.band as lower_band,
        lower_bands.churn_rate as lower_churn_rate,
        higher_bands.band as higher_band,
        higher_bands.churn_rate as higher_churn_rate
    from current_bands as lower_bands
    inner join current_bands as higher_bands
        on lower_bands.band_order < higher_bands.band_order
    where lower_bands.churn_rate < higher_bands.churn_rate
)

select * from unordered_bands
