with

judged as (
    select * from {{ ref('int_health_components_judged') }}
),

component_names as (
    select * from {{ ref('health_component_names') }}
),

component_values as (
    select
        judged.account_id,
        component_names.component_id,
        judged.date,
        {{ health_by_component('component_names.component_id', 'judged.<c>') }} as raw_value,
        {{ health_by_component('component_names.component_id', 'judged.<c>_score') }} as score,
        {{ health_by_component('component_names.component_id', 'judged.<c>_weight') }} as weight,
        {{ health_by_component('component_names.component_id', 'judged.<c>_state') }} as state,
        {{ health_by_component('component_names.component_id', 'judged.<c>_points_lost') }} as points_lost
    from judged
    cross join component_names
    where judged.is_published
),

health_components as (
    select
        ---------- ids
        account_id,
        cast(component_id as {{ text_type() }}) as component_id,
        ---------- strings
        cast(state as {{ text_type() }}) as state,
        ---------- numbers
        raw_value,
        score,
        weight,
        points_lost,
        ---------- dates
        date
    from component_values
    where weight is not null
)

select * from health_components
