with

components as (
    select * from {{ ref('health_components') }}
),

profiles as (
    select * from {{ ref('health_profiles') }}
),

chosen_profiles as (
    select distinct
        score_version,
        profile
    from profiles
),

faulty_components as (
    select
        components.score_version,
        components.profile,
        components.component_id,
        components.weight,
        components.floor_value,
        components.target_value
    from components
    left join chosen_profiles
        on
            components.score_version = chosen_profiles.score_version
            and components.profile = chosen_profiles.profile
    where
        components.weight <= 0
        or components.floor_value = components.target_value
        or chosen_profiles.profile is null
)

select * from faulty_components
