with

survey_responses as (
    select * from {{ ref('fct_survey_response') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- An invitation counts when it was sent, its answer when it was given and at each month end it is still the last one.
survey_months as (
    select
        account_id,
        survey_kind,
        {{ month_start('sent_date') }} as month,
        1 as survey_invitations,
        case when is_answered then 1 else 0 end as survey_invitations_answered,
        0 as survey_answers,
        0 as counted_answers,
        cast(null as bigint) as counted_score,
        cast(null as {{ text_type() }}) as counted_class
    from survey_responses

    union all

    select
        account_id,
        survey_kind,
        {{ month_start('answered_date') }} as month,
        0 as survey_invitations,
        0 as survey_invitations_answered,
        1 as survey_answers,
        0 as counted_answers,
        cast(null as bigint) as counted_score,
        cast(null as {{ text_type() }}) as counted_class
    from survey_responses
    where is_answered

    union all

    select
        survey_responses.account_id,
        survey_responses.survey_kind,
        months.month,
        0 as survey_invitations,
        0 as survey_invitations_answered,
        0 as survey_answers,
        1 as counted_answers,
        survey_responses.survey_score as counted_score,
        survey_responses.answer_class as counted_class
    from survey_responses
    inner join months
        on
            survey_responses.answered_date <= months.state_date
            and survey_responses.counted_until_date > months.state_date
),

account_month_voice as (
    select
        ---------- ids
        survey_months.account_id,
        ---------- strings
        survey_months.survey_kind,
        ---------- numbers
        {{ tally('survey_months.survey_invitations') }} as survey_invitations,
        {{ tally('survey_months.survey_invitations_answered') }} as survey_invitations_answered,
        {{ tally('survey_months.survey_answers') }} as survey_answers,
        {{ tally('survey_months.counted_answers') }} as counted_answers,
        {{ tally('survey_months.counted_score') }} as score_sum,
        {{ tally("case when survey_months.counted_class = 'promoter' then 1 end") }} as promoters,
        {{ tally("case when survey_months.counted_class = 'passive' then 1 end") }} as passives,
        {{ tally("case when survey_months.counted_class = 'detractor' then 1 end") }} as detractors,
        {{ tally("case when survey_months.counted_class = 'satisfied' then 1 end") }} as satisfied,
        {{ tally("case when survey_months.counted_class in ('promoter', 'satisfied', 'easy') then 1 end") }}
            as favourable_answers,
        ---------- dates
        survey_months.month
    from survey_months
    inner join months
        on survey_months.month = months.month
    group by survey_months.account_id, survey_months.survey_kind, survey_months.month
)

select * from account_month_voice
