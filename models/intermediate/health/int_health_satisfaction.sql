with

observations as (
    select * from {{ ref('int_health_observations') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

tickets as (
    select * from {{ ref('fct_ticket') }}
),

survey_responses as (
    select * from {{ ref('fct_survey_response') }}
),

scores as (
    select
        account_id,
        csat_date as scored_on,
        csat_score as score
    from tickets
    where
        is_counted
        and csat_score is not null

    union all

    select
        account_id,
        answered_date as scored_on,
        survey_score as score
    from survey_responses
    where
        survey_kind = 'csat'
        and is_answered
),

-- A score counts on its day and the 89 after it.
score_changes as (
    select
        account_id,
        scored_on as changed_on,
        scored_on,
        1 as score_count,
        score
    from scores

    union all

    select
        account_id,
        {{ add_days('scored_on', 90) }} as changed_on,
        cast(null as date) as scored_on,
        -1 as score_count,
        -score as score
    from scores
),

daily_changes as (
    select
        account_id,
        changed_on,
        max(scored_on) as scored_on,
        sum(score_count) as score_count,
        sum(score) as score
    from score_changes
    group by account_id, changed_on
),

score_windows as (
    select
        account_id,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id order by changed_on) as valid_to,
        max(scored_on) over (partition by account_id order by changed_on) as last_scored_on,
        sum(score_count) over (partition by account_id order by changed_on) as scores,
        sum(score) over (partition by account_id order by changed_on) as score_sum
    from daily_changes
),

dated_windows as (
    select
        score_windows.account_id,
        score_windows.last_scored_on,
        observation_dates.date,
        {{ ratio('score_windows.score_sum', 'score_windows.scores') }} as satisfaction
    from score_windows
    inner join observation_dates
        on
            score_windows.valid_from <= observation_dates.date
            and score_windows.valid_to > observation_dates.date
    where score_windows.scores > 0
),

health_satisfaction as (
    select
        ---------- ids
        observations.account_id,
        ---------- numbers
        dated_windows.satisfaction,
        ---------- booleans
        true as satisfaction_applies,
        ---------- dates
        observations.date,
        dated_windows.last_scored_on as satisfaction_on
    from observations
    left join dated_windows
        on
            observations.account_id = dated_windows.account_id
            and observations.date = dated_windows.date
)

select * from health_satisfaction
