with

tenure_phases as (
    select * from {{ ref('health_tenure_phases') }}
),

profiles as (
    select * from {{ ref('health_profiles') }}
),

components as (
    select * from {{ ref('health_components') }}
),

described_profiles as (
    select distinct
        score_version,
        profile
    from components
),

phases_without_a_profile_for_all as (
    select
        tenure_phases.score_version,
        tenure_phases.tenure_phase,
        '*' as segment
    from tenure_phases
    left join profiles
        on
            tenure_phases.score_version = profiles.score_version
            and tenure_phases.tenure_phase = profiles.tenure_phase
            and profiles.segment = '*'
    where profiles.profile is null
),

profiles_without_a_phase_or_components as (
    select
        profiles.score_version,
        profiles.tenure_phase,
        profiles.segment
    from profiles
    left join tenure_phases
        on
            profiles.score_version = tenure_phases.score_version
            and profiles.tenure_phase = tenure_phases.tenure_phase
    left join described_profiles
        on
            profiles.score_version = described_profiles.score_version
            and profiles.profile = described_profiles.profile
    where
        tenure_phases.tenure_phase is null
        or described_profiles.profile is null
),

gaps as (
    select * from phases_without_a_profile_for_all
    union all
    select * from profiles_without_a_phase_or_components
)

select * from gaps
