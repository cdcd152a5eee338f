with

split_changes as (
    select * from {{ ref('int_health_changes_split') }}
),

component_names as (
    select * from {{ ref('health_component_names') }}
),

component_changes as (
    select
        split_changes.account_id,
        component_names.component_id,
        split_changes.final_band_prev_28d,
        split_changes.final_band,
        split_changes.date,
        {{ health_by_component('component_names.component_id', 'split_changes.<c>_points') }} as points
    from split_changes
    cross join component_names
),

changes as (
    select
        account_id,
        component_id,
        'behaviour' as part,
        final_band_prev_28d,
        final_band,
        points,
        date
    from component_changes
    where points is not null

    union all

    select
        account_id,
        '(all)' as component_id,
        'data' as part,
        final_band_prev_28d,
        final_band,
        data_points as points,
        date
    from split_changes
    where data_points is not null

    union all

    select
        account_id,
        '(all)' as component_id,
        'configuration' as part,
        final_band_prev_28d,
        final_band,
        configuration_points as points,
        date
    from split_changes
    where configuration_points is not null

    union all

    select
        account_id,
        '(all)' as component_id,
        'override' as part,
        final_band_prev_28d,
        final_band,
        0 as points,
        date
    from split_changes
    where is_override_changed
),

health_changes as (
    select
        ---------- ids
        account_id,
        cast(component_id as {{ text_type() }}) as component_id,
        ---------- strings
        cast(part as {{ text_type() }}) as part,
        final_band_prev_28d,
        final_band,
        ---------- numbers
        cast(points as {{ double_type() }}) as points,
        ---------- dates
        date
    from changes
)

select * from health_changes
