with

versions as (
    select * from {{ ref('health_score_versions') }}
),

tenure_phases as (
    select * from {{ ref('health_tenure_phases') }}
),

placed_phases as (
    select
        score_version,
        tenure_phase,
        from_days,
        to_days,
        lag(to_days) over (partition by score_version order by from_days) as to_days_before,
        row_number() over (partition by score_version order by from_days) as phase_number,
        lead(from_days) over (partition by score_version order by from_days) as from_days_after
    from tenure_phases
),

broken_versions as (
    select
        versions.score_version,
        placed_phases.tenure_phase,
        placed_phases.from_days,
        placed_phases.to_days
    from versions
    left join placed_phases
        on versions.score_version = placed_phases.score_version
    where
        placed_phases.tenure_phase is null
        or (placed_phases.phase_number = 1 and placed_phases.from_days <> 0)
        or (placed_phases.phase_number > 1 and placed_phases.from_days <> coalesce(placed_phases.to_days_before, -1))
        or placed_phases.from_days >= coalesce(placed_phases.to_days, placed_phases.from_days + 1)
        or (placed_phases.to_days is null) <> (placed_phases.from_days_after is null)
)

select * from broken_versions
