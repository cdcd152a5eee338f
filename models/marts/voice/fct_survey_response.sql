with

surveys as (
    select * from {{ ref('int_surveys_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

customer_surveys as (
    select
        *,
        survey_score is not null as is_answered,
        case when survey_score is not null then coalesce(responded_at, sent_at) end as answered_at
    from surveys
    where
        not is_account_internal
        and not is_user_internal
),

dated_surveys as (
    select
        *,
        {{ reporting_date('sent_at') }} as sent_date,
        {{ reporting_date('responded_at') }} as responded_date,
        {{ reporting_date('answered_at') }} as answered_date
    from customer_surveys
),

-- Nobody knows whether two answers without a person are of one, so each counts by itself.
followed_answers as (
    select
        *,
        lead(answered_date) over (
            partition by survey_kind, is_answered, user_id, case when user_id is null then survey_id end
            order by answered_at, survey_id
        ) as next_answered_date
    from dated_surveys
),

classed_answers as (
    select
        *,
        least(
            coalesce(next_answered_date, {{ far_future() }}), {{ add_days('answered_date', 180) }}
        ) as counted_until_date,
        case
            when survey_score is null then null
            when survey_kind = 'nps' and survey_score >= 9 then 'promoter'
            when survey_kind = 'nps' and survey_score >= 7 then 'passive'
            when survey_kind = 'nps' then 'detractor'
            when survey_kind = 'csat' and survey_score >= 4 then 'satisfied'
            when survey_kind = 'csat' then 'dissatisfied'
            when survey_score >= 5 then 'easy'
            else 'hard'
        end as answer_class
    from followed_answers
),

survey_responses as (
    select
        ---------- ids
        classed_answers.survey_id,
        classed_answers.account_id,
        classed_answers.user_id,
        ---------- strings
        classed_answers.survey_kind,
        cast(classed_answers.answer_class as {{ text_type() }}) as answer_class,
        ---------- numbers
        classed_answers.survey_score,
        ---------- booleans
        classed_answers.is_answered,
        classed_answers.is_answered
        and classed_answers.counted_until_date > as_of.as_of_date as is_last_answer,
        ---------- dates
        classed_answers.sent_date,
        classed_answers.responded_date,
        classed_answers.answered_date,
        case when classed_answers.is_answered then classed_answers.counted_until_date end as counted_until_date,
        ---------- timestamps
        classed_answers.sent_at,
        classed_answers.responded_at,
        classed_answers.answered_at
    from classed_answers
    cross join as_of
)

select * from survey_responses
