with

observations as (
    select * from {{ ref('int_health_observations_judged') }}
),

-- A baseline is judged on the observations of the score that it stands beside; all read: higher is safer.
valued as (
    select
        observations.*,
        baselines.baseline,
        cast(
            case baselines.baseline
                when 'none' then observations.score
                when 'tenure' then observations.tenure_days
                when 'logins_only' then observations.logins_28d
                else observations.last_score
            end as {{ double_type() }}
        ) as scored_value
    from observations
    cross join (values ('none'), ('tenure'), ('logins_only'), ('last_version')) as baselines (baseline)
    where observations.score is not null
),

valued_observations as (
    select
        ---------- ids
        account_id,
        ---------- strings
        score_version,
        baseline,
        population,
        segment,
        account_group,
        ---------- numbers
        scored_value,
        {{ for_each_label('churned_[label]') }},
        ---------- dates
        date
    from valued
    where
        scored_value is not null
        and churned_all_30 is not null
)

select * from valued_observations
