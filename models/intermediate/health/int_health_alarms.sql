with

backtest as (
    select * from {{ ref('health_backtest') }}
),

calibration as (
    select * from {{ ref('health_calibration') }}
),

scores as (
    select * from {{ ref('fct_health_score') }}
),

versions as (
    select * from {{ ref('int_health_versions') }}
),

current_aucs as (
    select
        max(case when backtest.baseline = 'none' then backtest.value end) as score_auc,
        max(case when backtest.baseline = 'logins_only' then backtest.value end) as logins_auc
    from backtest
    inner join versions
        on
            backtest.score_version = versions.score_version
            and versions.is_current_version
    where
        backtest.metric = 'auc'
        and backtest.segment = '(all)'
        and backtest.horizon_days = 90
        and backtest.date_set = 'out_of_time'
        and backtest.population = 'no_notice'
),

current_bands as (
    select
        max(case when calibration.band = 'at_risk' then calibration.churn_rate end) as at_risk_rate,
        max(case when calibration.band = 'neutral' then calibration.churn_rate end) as neutral_rate,
        max(case when calibration.band = 'healthy' then calibration.churn_rate end) as healthy_rate
    from calibration
    inner join versions
        on
            calibration.score_version = versions.score_version
            and versions.is_current_version
    where
        calibration.horizon_days = 90
        and calibration.date_set = 'all'
),

coverages as (
    select
        date,
        {{ ratio('sum(' ~ rounded('coverage', 10) ~ ')', 'count(coverage)') }} as mean_coverage,
        max(date) over () as last_date
    from scores
    where {{ is_sunday('date') }}
    group by date
),

last_coverages as (
    select
        max(case when date = last_date then mean_coverage end) as last_coverage,
        max(case when date = {{ add_days('last_date', -91) }} then mean_coverage end) as former_coverage
    from coverages
),

alarms as (
    select
        'no_better_than_logins' as alarm,
        score_auc as figure,
        logins_auc as compared_figure
    from current_aucs
    where score_auc <= logins_auc

    union all

    select
        'bands_not_ordered' as alarm,
        at_risk_rate as figure,
        healthy_rate as compared_figure
    from current_bands
    where
        at_risk_rate < neutral_rate
        or neutral_rate < healthy_rate
        or at_risk_rate < healthy_rate

    union all

    select
        'coverage_falls' as alarm,
        last_coverage as figure,
        former_coverage as compared_figure
    from last_coverages
    where {{ health_settled('former_coverage - last_coverage') }} >= 0.1
),

health_alarms as (
    select
        ---------- strings
        cast(alarm as {{ text_type() }}) as alarm,
        ---------- numbers
        cast(figure as {{ double_type() }}) as figure,
        cast(compared_figure as {{ double_type() }}) as compared_figure
    from alarms
)

select * from health_alarms
