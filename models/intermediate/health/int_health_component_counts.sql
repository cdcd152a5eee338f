with

judged as (
    select * from {{ ref('int_health_components_judged') }}
),

outcomes as (
    select * from {{ ref('int_health_outcomes') }}
),

versions as (
    select * from {{ ref('int_health_versions') }}
),

component_names as (
    select * from {{ ref('health_component_names') }}
),

component_observations as (
    select
        component_names.component_id,
        outcomes.churned_90,
        {{ health_by_component('component_names.component_id', 'judged.<c>_state') }} as state,
        {{ health_by_component('component_names.component_id', 'judged.<c>_score') }} as component_score
    from judged
    inner join versions
        on
            judged.score_version = versions.score_version
            and versions.is_current_version
    inner join outcomes
        on
            judged.account_id = outcomes.account_id
            and judged.date = outcomes.date
    cross join component_names
    where
        judged.score is not null
        and outcomes.population = 'no_notice'
        and outcomes.is_eligible_90
),

-- Without a state the profile of that account and day does not have the component.
component_counts as (
    select
        ---------- ids
        component_id,
        ---------- numbers
        cast(component_score as {{ double_type() }}) as component_score,
        cast(count(*) as bigint) as n,
        cast(sum(churned_90) as bigint) as churned
    from component_observations
    where state is not null
    group by component_id, component_score
)

select * from component_counts
