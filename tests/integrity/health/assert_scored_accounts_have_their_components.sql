with

scores as (
    select * from {{ ref('fct_health_score') }}
),

component_rows as (
    select * from {{ ref('fct_health_component') }}
),

profile_components as (
    select * from {{ ref('health_components') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

profile_sizes as (
    select
        score_version,
        profile,
        count(*) as component_count
    from profile_components
    group by score_version, profile
),

account_components as (
    select
        component_rows.account_id,
        count(*) as component_count,
        sum(component_rows.points_lost) as points_lost
    from component_rows
    inner join as_of
        on component_rows.date = as_of.as_of_date
    group by component_rows.account_id
),

different_accounts as (
    select
        scores.account_id,
        scores.score,
        profile_sizes.component_count as expected_count,
        account_components.component_count,
        account_components.points_lost
    from scores
    inner join as_of
        on scores.date = as_of.as_of_date
    left join profile_sizes
        on
            scores.score_version = profile_sizes.score_version
            and scores.profile = profile_sizes.profile
    left join account_components
        on scores.account_id = account_components.account_id
    where
        coalesce(account_components.component_count, 0) <> coalesce(profile_sizes.component_count, -1)
        or (scores.score is null) <> (account_components.points_lost is null)
        or abs(100 - scores.score - account_components.points_lost) > 0.000000001
)

select * from different_accounts
