with

tickets as (
    select * from {{ ref('fct_ticket') }}
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
        survey_score is not null
        and not is_account_internal
        and not is_user_internal
),

satisfaction_scores as (
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
        answered_on as scored_on,
        survey_score as score
    from answers
    where survey_kind = 'csat'
),

-- A score counts from its day on, until the window has passed over it.
score_changes as (
    select
        account_id,
        scored_on as changed_on,
        1 as count_change,
        score as score_change
    from satisfaction_scores

    union all

    select
        satisfaction_scores.account_id,
        {{ add_days('satisfaction_scores.scored_on', 'rules.window_days') }} as changed_on,
        -1 as count_change,
        -satisfaction_scores.score as score_change
    from satisfaction_scores
    inner join rules
        on rules.signal = 'low_csat'
),

score_windows as (
    select
        account_id,
        changed_on,
        lead(changed_on) over (partition by account_id order by changed_on) as next_change_on,
        sum(sum(count_change)) over (partition by account_id order by changed_on) as scores,
        sum(sum(score_change)) over (partition by account_id order by changed_on) as score_sum
    from score_changes
    group by account_id, changed_on
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
        on
            answers.survey_kind = 'nps'
            and rules.signal = 'detractor'
),

voice_signals as (
    select
        ---------- ids
        score_windows.account_id,
        ---------- strings
        rules.signal,
        ---------- numbers
        {{ ratio('score_windows.score_sum', 'score_windows.scores') }} as value,
        cast(rules.threshold as {{ double_type() }}) as threshold,
        ---------- dates
        cast(null as date) as counted_from,
        score_windows.changed_on as opened_on,
        score_windows.next_change_on as closed_on
    from score_windows
    inner join rules
        on
            rules.signal = 'low_csat'
            and score_windows.scores >= rules.minimum_count
            and score_windows.score_sum <= rules.threshold * score_windows.scores

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
