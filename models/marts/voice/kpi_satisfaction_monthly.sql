with

voice_totals as (
    select * from {{ ref('int_voice_totals') }}
),

satisfaction_monthly as (
    select
        ---------- numbers
        survey_invitations,
        survey_invitations_answered,
        survey_response_rate,
        survey_answers,
        nps_promoters,
        nps_detractors,
        nps_n,
        nps,
        csat_survey_satisfied,
        csat_survey_n,
        csat_survey,
        ces_sum,
        ces_n,
        ces,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from voice_totals
    where dimension = 'all'
)

select * from satisfaction_monthly
