with

observations as (
    select * from {{ ref('int_health_observations_judged') }}
),

-- Exactly one Sunday lies in the week that ends so many days before a churn.
last_looks as (
    select
        observations.score_version,
        observations.population,
        observations.segment,
        horizons.horizon_days,
        case when observations.band = 'healthy' then 1 else 0 end as was_healthy,
        {{ label_column('observations.churned', 'late') }} is not null as is_late
    from observations
    inner join (values (30), (90), (180)) as horizons (horizon_days)
        on
            observations.days_to_churn >= horizons.horizon_days
            and observations.days_to_churn < horizons.horizon_days + 7
    where
        observations.score is not null
        and observations.days_to_churn is not null
),

looks_by_group as (
    select
        last_looks.score_version,
        last_looks.population,
        last_looks.horizon_days,
        last_looks.was_healthy,
        date_sets.date_set,
        case when scopes.is_whole then '(all)' else last_looks.segment end as segment
    from last_looks
    cross join (values (true), (false)) as scopes (is_whole)
    inner join (values ('all'), ('out_of_time')) as date_sets (date_set)
        on date_sets.date_set = 'all' or last_looks.is_late
),

surprises as (
    select
        ---------- strings
        score_version,
        population,
        segment,
        date_set,
        ---------- numbers
        cast(horizon_days as integer) as horizon_days,
        cast(count(*) as integer) as churned,
        cast(sum(was_healthy) as integer) as surprises
    from looks_by_group
    group by score_version, population, segment, date_set, horizon_days
)

select * from surprises
