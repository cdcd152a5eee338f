with

judged as (
    select * from {{ ref('int_health_components_judged') }}
),

added_points as (
    select
        account_id,
        date,
        score_version,
        score,
        {{ health_sum('coalesce(<c>_points_lost, 0)') }} as points_lost
    from judged
    where score is not null
),

different_scores as (
    select *
    from added_points
    where abs(100 - score - points_lost) > 0.000000001
)

select * from different_scores
