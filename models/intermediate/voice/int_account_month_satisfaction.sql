with

account_month_voice as (
    select * from {{ ref('int_account_month_voice') }}
),

satisfaction_months as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        {{ tally('survey_invitations') }} as survey_invitations,
        {{ tally('survey_invitations_answered') }} as survey_invitations_answered,
        {{ tally('survey_answers') }} as survey_answers,
        {{ tally("case when survey_kind = 'nps' then promoters end") }} as nps_promoters,
        {{ tally("case when survey_kind = 'nps' then detractors end") }} as nps_detractors,
        {{ tally("case when survey_kind = 'nps' then counted_answers end") }} as nps_n,
        {{ tally("case when survey_kind = 'csat' then satisfied end") }} as csat_survey_satisfied,
        {{ tally("case when survey_kind = 'csat' then counted_answers end") }} as csat_survey_n,
        {{ tally("case when survey_kind = 'ces' then score_sum end") }} as ces_sum,
        {{ tally("case when survey_kind = 'ces' then counted_answers end") }} as ces_n,
        ---------- dates
        month
    from account_month_voice
    group by account_id, month
)

select * from satisfaction_months
