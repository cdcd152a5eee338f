with

changes as (
    select * from {{ ref('health_change') }}
),

phrases as (
    select * from {{ ref('health_change_phrases') }}
),

component_names as (
    select * from {{ ref('health_component_names') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- Less than what is shown as 0.1 points is no reason.
ranked_changes as (
    select
        changes.account_id,
        changes.part,
        changes.component_id,
        changes.points,
        case when changes.points < 0 then 'down' else 'up' end as way,
        row_number() over (
            partition by changes.account_id
            order by {{ rounded('abs(changes.points)', 4) }} desc, changes.part asc, changes.component_id asc
        ) as change_rank
    from changes
    inner join as_of
        on changes.date = as_of.as_of_date
    where abs(changes.points) >= 0.05
),

account_reasons as (
    select
        ---------- ids
        ranked_changes.account_id,
        ---------- strings
        cast(
            replace(phrases.phrase_en, '{component}', coalesce(component_names.component_name_en, ''))
            || ' (' || {{ points_text('ranked_changes.points') }} || ' points)'
            as {{ text_type() }}
        ) as health_change_reason_en,
        cast(
            replace(phrases.phrase_ja, '{component}', coalesce(component_names.component_name_ja, ''))
            || '(' || {{ points_text('ranked_changes.points') }} || '点)'
            as {{ text_type() }}
        ) as health_change_reason_ja
    from ranked_changes
    inner join phrases
        on
            ranked_changes.part = phrases.part
            and ranked_changes.way = phrases.way
    left join component_names
        on ranked_changes.component_id = component_names.component_id
    where ranked_changes.change_rank = 1
)

select * from account_reasons
