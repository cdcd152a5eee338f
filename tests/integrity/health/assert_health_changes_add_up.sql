with

scores as (
    select * from {{ ref('fct_health_score') }}
),

changes as (
    select * from {{ ref('health_change') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

added_changes as (
    select
        account_id,
        date,
        sum(points) as points,
        count(case when part <> 'override' then 1 end) as part_count
    from changes
    group by account_id, date
),

different_changes as (
    select
        scores.account_id,
        scores.date,
        scores.score_change_28d,
        added_changes.points
    from scores
    inner join as_of
        on
            scores.date > {{ add_days('as_of.as_of_date', -91) }}
            and (scores.date = as_of.as_of_date or {{ is_sunday('scores.date') }})
    left join added_changes
        on
            scores.account_id = added_changes.account_id
            and scores.date = added_changes.date
    where
        (scores.score_change_28d is null) <> (coalesce(added_changes.part_count, 0) = 0)
        or abs(scores.score_change_28d - added_changes.points) > 0.000000001
)

select * from different_changes
