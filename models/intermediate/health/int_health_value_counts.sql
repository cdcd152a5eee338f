with

observations as (
    select * from {{ ref('int_health_valued_observations') }}
),

value_counts as (
    select
        ---------- strings
        score_version,
        baseline,
        population,
        segment,
        ---------- numbers
        scored_value,
        {{ for_each_label('cast(count(churned_[label]) as integer) as n_[label]') }},
        {{ for_each_label('cast(coalesce(sum(churned_[label]), 0) as integer) as churned_[label]') }}
    from observations
    group by score_version, baseline, population, segment, scored_value
)

select * from value_counts
