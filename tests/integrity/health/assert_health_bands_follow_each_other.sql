with

versions as (
    select * from {{ ref('health_score_versions') }}
),

bands as (
    select * from {{ ref('health_bands') }}
),

placed_bands as (
    select
        score_version,
        band,
        from_score,
        to_score,
        lag(to_score) over (partition by score_version order by from_score) as to_score_before,
        lead(from_score) over (partition by score_version order by from_score) as from_score_after
    from bands
),

broken_versions as (
    select
        versions.score_version,
        placed_bands.band,
        placed_bands.from_score,
        placed_bands.to_score
    from versions
    left join placed_bands
        on versions.score_version = placed_bands.score_version
    where
        placed_bands.band is null
        or placed_bands.from_score >= placed_bands.to_score
        or placed_bands.from_score <> coalesce(placed_bands.to_score_before, 0)
        or (placed_bands.from_score_after is null and placed_bands.to_score <> 100)
)

select * from broken_versions
