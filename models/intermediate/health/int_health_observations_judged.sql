with

scores as (
    select * from {{ ref('int_health_version_scores') }}
),

outcomes as (
    select * from {{ ref('int_health_outcomes') }}
),

split_dates as (
    select * from {{ ref('int_health_split_dates') }}
),

versions as (
    select * from {{ ref('int_health_versions') }}
),

splits as (
    select
        max(case when horizon_days = 30 then split_date end) as split_30,
        max(case when horizon_days = 90 then split_date end) as split_90,
        max(case when horizon_days = 180 then split_date end) as split_180,
        max(case when horizon_days = 30 then fitted_until end) as fitted_until_30,
        max(case when horizon_days = 90 then fitted_until end) as fitted_until_90,
        max(case when horizon_days = 180 then fitted_until end) as fitted_until_180
    from split_dates
),

looks as (
    select
        scores.account_id,
        scores.score_version,
        outcomes.population,
        scores.band,
        scores.score,
        last_scores.score as last_score,
        scores.tenure_days,
        scores.logins_28d,
        outcomes.days_to_churn,
        outcomes.churned_30 as churned_all_30,
        outcomes.churned_90 as churned_all_90,
        outcomes.churned_180 as churned_all_180,
        outcomes.date,
        outcomes.churn_date,
        coalesce(scores.segment, '(none)') as segment,
        substring(md5(scores.account_id), 1, 2) as account_group,
        case when outcomes.date >= splits.split_30 then outcomes.churned_30 end as churned_late_30,
        case when outcomes.date >= splits.split_90 then outcomes.churned_90 end as churned_late_90,
        case when outcomes.date >= splits.split_180 then outcomes.churned_180 end as churned_late_180,
        case when outcomes.date <= splits.fitted_until_30 then outcomes.churned_30 end as churned_fitted_30,
        case when outcomes.date <= splits.fitted_until_90 then outcomes.churned_90 end as churned_fitted_90,
        case when outcomes.date <= splits.fitted_until_180 then outcomes.churned_180 end as churned_fitted_180
    from outcomes
    cross join splits
    inner join scores
        on
            outcomes.account_id = scores.account_id
            and outcomes.date = scores.date
    inner join versions
        on scores.score_version = versions.score_version
    left join scores as last_scores
        on
            scores.account_id = last_scores.account_id
            and scores.date = last_scores.date
            and versions.last_version = last_scores.score_version
),

observations_judged as (
    select
        ---------- ids
        account_id,
        ---------- strings
        score_version,
        segment,
        population,
        band,
        account_group,
        ---------- numbers
        score,
        last_score,
        tenure_days,
        logins_28d,
        days_to_churn,
        churned_all_30,
        churned_all_90,
        churned_all_180,
        churned_late_30,
        churned_late_90,
        churned_late_180,
        churned_fitted_30,
        churned_fitted_90,
        churned_fitted_180,
        ---------- dates
        date,
        churn_date
    from looks
)

select * from observations_judged
