with

versions as (
    select * from {{ ref('health_score_versions') }}
),

tenure_phases as (
    select * from {{ ref('health_tenure_phases') }}
),

profiles as (
    select * from {{ ref('health_profiles') }}
),

followed_versions as (
    select
        score_version,
        valid_from,
        coalesce(lead(valid_from) over (order by valid_from), {{ far_future() }}) as valid_to
    from versions
),

named_segments as (
    select distinct segment from profiles
),

profile_choices as (
    select
        ---------- strings
        tenure_phases.score_version,
        named_segments.segment,
        tenure_phases.tenure_phase,
        cast(coalesce(exact_profiles.profile, other_profiles.profile) as {{ text_type() }}) as profile,
        ---------- numbers
        tenure_phases.from_days,
        cast(coalesce(tenure_phases.to_days, 1000000) as integer) as to_days,
        ---------- dates
        followed_versions.valid_from,
        followed_versions.valid_to
    from tenure_phases
    inner join followed_versions
        on tenure_phases.score_version = followed_versions.score_version
    cross join named_segments
    left join profiles as exact_profiles
        on
            tenure_phases.score_version = exact_profiles.score_version
            and tenure_phases.tenure_phase = exact_profiles.tenure_phase
            and named_segments.segment = exact_profiles.segment
    left join profiles as other_profiles
        on
            tenure_phases.score_version = other_profiles.score_version
            and tenure_phases.tenure_phase = other_profiles.tenure_phase
            and other_profiles.segment = '*'
)

select * from profile_choices
