with

touchpoints as (
    select * from {{ ref('int_touchpoints_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

dated_touchpoints as (
    select
        touchpoints.touchpoint_id,
        touchpoints.account_id,
        touchpoints.occurred_at,
        touchpoints.planned_at,
        as_of.as_of_date,
        coalesce(touchpoints.planned_at < as_of.as_of_end_at, false) as is_planned,
        {{ reporting_date('touchpoints.occurred_at') }} as occurred_date,
        {{ reporting_date('touchpoints.planned_at') }} as planned_date
    from touchpoints
    cross join as_of
    where not touchpoints.is_account_internal
),

-- A contact that took place and names a day still to come names the next one.
planned_touchpoints as (
    select
        ---------- ids
        touchpoint_id,
        account_id,
        ---------- numbers
        {{ days_between('occurred_date', 'as_of_date') }} as days_since_touch,
        ---------- booleans
        is_planned,
        coalesce(is_planned and occurred_date <= {{ month_end('planned_date') }}, false) as is_plan_kept,
        ---------- dates
        occurred_date,
        case when is_planned then planned_date end as planned_date,
        ---------- timestamps
        occurred_at,
        case when not is_planned then planned_at end as next_planned_at
    from dated_touchpoints
)

select * from planned_touchpoints
