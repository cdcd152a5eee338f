with

satisfaction_windows as (
    select * from {{ ref('int_satisfaction_windows') }}
),

surveys as (
    select * from {{ ref('int_surveys_current') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

answers as (
    select
        *,
        {{ reporting_date('coalesce(responded_at, sent_at)') }} as answered_on,
        coalesce(responded_at, sent_at) as answered_at,
        coalesce(user_id, survey_id) as person_id
    from surveys
    where
        survey_kind = 'nps'
        and survey_score is not null
        and not is_account_internal
        and not is_user_internal
),

last_answers as (
    select
        answers.account_id,
        answers.survey_score,
        rules.signal,
        rules.threshold,
        answers.answered_on,
        least(
            {{ add_days('answers.answered_on', 'rules.window_days') }},
            coalesce(lead(answers.answered_on) over (
                partition by answers.account_id, answers.person_id order by answers.answered_at, answers.survey_id
            ), {{ far_future() }})
        ) as valid_to
    from answers
    inner join rules
        on rules.signal = 'detractor'
),

voice_signals as (
    select
        ---------- ids
        satisfaction_windows.account_id,
        ---------- strings
        rules.signal,
        ---------- numbers
        {{ ratio('satisfaction_windows.score_sum', 'satisfaction_windows.scores') }} as value,
        cast(rules.threshold as {{ double_type() }}) as threshold,
        ---------- dates
        cast(null as date) as counted_from,
        satisfaction_windows.changed_on as opened_on,
        satisfaction_windows.next_change_on as closed_on
    from satisfaction_windows
    inner join rules
        on
            rules.signal = 'low_csat'
            and satisfaction_windows.scores >= rules.minimum_count
            and satisfaction_windows.score_sum <= rules.threshold * satisfaction_windows.scores

    union all

    select
        account_id,
        signal,
        cast(survey_score as {{ double_type() }}) as value,
        cast(threshold as {{ double_type() }}) as threshold,
        cast(null as date) as counted_from,
        answered_on as opened_on,
        valid_to as closed_on
    from last_answers
    where
        survey_score <= threshold
        and answered_on < valid_to
)

select * from voice_signals
