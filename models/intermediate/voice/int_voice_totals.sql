with

satisfaction_months as (
    select * from {{ ref('int_account_month_satisfaction') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

dimension_totals as (
    select
        satisfaction_months.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(satisfaction_months.survey_invitations) as survey_invitations,
        sum(satisfaction_months.survey_invitations_answered) as survey_invitations_answered,
        sum(satisfaction_months.survey_answers) as survey_answers,
        sum(satisfaction_months.nps_promoters) as nps_promoters,
        sum(satisfaction_months.nps_detractors) as nps_detractors,
        sum(satisfaction_months.nps_n) as nps_n,
        sum(satisfaction_months.csat_survey_satisfied) as csat_survey_satisfied,
        sum(satisfaction_months.csat_survey_n) as csat_survey_n,
        sum(satisfaction_months.ces_sum) as ces_sum,
        sum(satisfaction_months.ces_n) as ces_n
    from satisfaction_months
    inner join dimensions
        on satisfaction_months.account_id = dimensions.account_id
    group by satisfaction_months.month, dimensions.dimension, dimensions.dimension_value
),

voice_totals as (
    select
        ---------- strings
        dimension_months.dimension,
        dimension_months.dimension_value,
        ---------- numbers
        cast(coalesce(dimension_totals.survey_invitations, 0) as integer) as survey_invitations,
        cast(coalesce(dimension_totals.survey_invitations_answered, 0) as integer) as survey_invitations_answered,
        {{ ratio(
            'dimension_totals.survey_invitations_answered', 'dimension_totals.survey_invitations'
        ) }} as survey_response_rate,
        cast(coalesce(dimension_totals.survey_answers, 0) as integer) as survey_answers,
        cast(coalesce(dimension_totals.nps_promoters, 0) as integer) as nps_promoters,
        cast(coalesce(dimension_totals.nps_detractors, 0) as integer) as nps_detractors,
        cast(coalesce(dimension_totals.nps_n, 0) as integer) as nps_n,
        {{ ratio('dimension_totals.nps_promoters - dimension_totals.nps_detractors', 'dimension_totals.nps_n') }}
            as nps,
        cast(coalesce(dimension_totals.csat_survey_satisfied, 0) as integer) as csat_survey_satisfied,
        cast(coalesce(dimension_totals.csat_survey_n, 0) as integer) as csat_survey_n,
        {{ ratio('dimension_totals.csat_survey_satisfied', 'dimension_totals.csat_survey_n') }} as csat_survey,
        cast(coalesce(dimension_totals.ces_sum, 0) as integer) as ces_sum,
        cast(coalesce(dimension_totals.ces_n, 0) as integer) as ces_n,
        {{ ratio('dimension_totals.ces_sum', 'dimension_totals.ces_n') }} as ces,
        ---------- booleans
        dimension_months.is_complete,
        ---------- dates
        dimension_months.month
    from dimension_months
    left join dimension_totals
        on
            dimension_months.month = dimension_totals.month
            and dimension_months.dimension = dimension_totals.dimension
            and dimension_months.dimension_value = dimension_totals.dimension_value
)

select * from voice_totals
