with

health_backtest as (
    select * from {{ ref('health_backtest') }}
),

versions as (
    select * from {{ ref('int_health_versions') }}
),

current_auc as (
    select health_backtest.*
    from health_backtest
    inner join versions
        on
            health_backtest.score_version = versions.score_version
            and versions.is_current_version
    where
        health_backtest.metric = 'auc'
        and health_backtest.segment = '(all)'
        and health_backtest.horizon_days = 90
        and health_backtest.date_set = 'out_of_time'
        and health_backtest.population = 'no_notice'
),

no_better as (
    select
        scores.score_version,
        scores.value,
        logins.value as logins_value
    from current_auc as scores
    inner join current_auc as logins
        on
            scores.baseline = 'none'
            and logins.baseline = 'logins_only'
    where scores.value <= logins.value
)

select * from no_better
