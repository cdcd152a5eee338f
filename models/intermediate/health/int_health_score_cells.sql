with

observations as (
    select * from {{ ref('int_health_observations_judged') }}
),

point_counts as (
    select
        score_version,
        population,
        segment,
        band,
        floor(score) as score_point,
        {{ for_each_label('count(churned_[label]) as n_[label]', ['all', 'late', 'fitted']) }},
        {{ for_each_label('coalesce(sum(churned_[label]), 0) as churned_[label]', ['all', 'late', 'fitted']) }}
    from observations
    where score is not null
    group by score_version, population, segment, band, floor(score)
),

score_cells as (
    select
        ---------- strings
        point_counts.score_version,
        point_counts.population,
        point_counts.segment,
        point_counts.band,
        ---------- numbers
        cast(horizons.horizon_days as integer) as horizon_days,
        cast(point_counts.score_point as integer) as score_point,
        cast({{ label_column('n', 'all') }} as integer) as n_all,
        cast({{ label_column('churned', 'all') }} as integer) as churned_all,
        cast({{ label_column('n', 'late') }} as integer) as n_late,
        cast({{ label_column('churned', 'late') }} as integer) as churned_late,
        cast({{ label_column('n', 'fitted') }} as integer) as n_fitted,
        cast({{ label_column('churned', 'fitted') }} as integer) as churned_fitted
    from point_counts
    cross join (values (30), (90), (180)) as horizons (horizon_days)
)

select * from score_cells
