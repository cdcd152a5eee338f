with

observations as (
    select * from {{ ref('int_health_observations') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

survey_responses as (
    select * from {{ ref('fct_survey_response') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

answer_days as (
    select
        account_id,
        answered_date,
        {{ ratio('sum(survey_score)', 'count(*)') }} as mean_score
    from survey_responses
    where
        survey_kind = 'nps'
        and is_answered
    group by account_id, answered_date
),

-- The last day with an answer speaks, however old: how long it is taken for fresh is the score's to say.
answer_periods as (
    select
        account_id,
        mean_score,
        answered_date,
        coalesce(
            lead(answered_date) over (partition by account_id order by answered_date), {{ far_future() }}
        ) as valid_to
    from answer_days
),

dated_answers as (
    select
        answer_periods.account_id,
        answer_periods.mean_score,
        answer_periods.answered_date,
        observation_dates.date
    from answer_periods
    inner join observation_dates
        on
            answer_periods.answered_date <= observation_dates.date
            and answer_periods.valid_to > observation_dates.date
),

health_voice as (
    select
        ---------- ids
        observations.account_id,
        ---------- numbers
        dated_answers.mean_score as nps,
        ---------- booleans
        sources_connected.has_surveys as nps_applies,
        ---------- dates
        observations.date,
        dated_answers.answered_date as nps_on
    from observations
    cross join sources_connected
    left join dated_answers
        on
            observations.account_id = dated_answers.account_id
            and observations.date = dated_answers.date
)

select * from health_voice
