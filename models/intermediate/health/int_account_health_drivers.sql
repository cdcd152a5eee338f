with

scores as (
    select * from {{ ref('fct_health_score') }}
),

components as (
    select * from {{ ref('fct_health_component') }}
),

component_names as (
    select * from {{ ref('health_component_names') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

present_scores as (
    select
        scores.account_id,
        scores.top_drivers,
        scores.date
    from scores
    inner join as_of
        on scores.date = as_of.as_of_date
),

driver_places as (
    select
        account_id,
        date,
        1 as place,
        {{ list_item('top_drivers', 1) }} as component_id
    from present_scores

    union all

    select
        account_id,
        date,
        2 as place,
        {{ list_item('top_drivers', 2) }} as component_id
    from present_scores

    union all

    select
        account_id,
        date,
        3 as place,
        {{ list_item('top_drivers', 3) }} as component_id
    from present_scores
),

-- Less than what is shown as 0.1 points is not worth a word.
driver_phrases as (
    select
        driver_places.account_id,
        driver_places.place,
        component_names.lost_when_en || ' (-' || {{ tenths_text('components.points_lost') }} || ' points)' as phrase_en,
        component_names.lost_when_ja || '(-' || {{ tenths_text('components.points_lost') }} || '点)' as phrase_ja
    from driver_places
    inner join components
        on
            driver_places.account_id = components.account_id
            and driver_places.date = components.date
            and driver_places.component_id = components.component_id
    inner join component_names
        on driver_places.component_id = component_names.component_id
    where components.points_lost >= 0.05
),

account_drivers as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(
            max(case when place = 1 then phrase_en end)
            || coalesce('; ' || max(case when place = 2 then phrase_en end), '')
            || coalesce('; ' || max(case when place = 3 then phrase_en end), '')
            as {{ text_type() }}
        ) as health_drivers_en,
        cast(
            max(case when place = 1 then phrase_ja end)
            || coalesce('、' || max(case when place = 2 then phrase_ja end), '')
            || coalesce('、' || max(case when place = 3 then phrase_ja end), '')
            as {{ text_type() }}
        ) as health_drivers_ja
    from driver_phrases
    group by account_id
)

select * from account_drivers
