with

account_month_voice as (
    select * from {{ ref('int_account_month_voice') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

kinds_apart as (
    select
        account_id,
        month,
        survey_invitations,
        survey_invitations_answered,
        survey_answers,
        promoters,
        detractors,
        satisfied,
        case when survey_kind = 'nps' then counted_answers end as nps_n,
        case when survey_kind = 'csat' then counted_answers end as csat_survey_n,
        case when survey_kind = 'ces' then counted_answers end as ces_n,
        case when survey_kind = 'ces' then score_sum end as ces_sum
    from account_month_voice
),

dimension_totals as (
    select
        kinds_apart.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(kinds_apart.survey_invitations) as survey_invitations,
        sum(kinds_apart.survey_invitations_answered) as survey_invitations_answered,
        sum(kinds_apart.survey_answers) as survey_answers,
        sum(kinds_apart.promoters) as nps_promoters,
        sum(kinds_apart.detractors) as nps_detractors,
        sum(kinds_apart.nps_n) as nps_n,
        sum(kinds_apart.satisfied) as csat_survey_satisfied,
        sum(kinds_apart.csat_survey_n) as csat_survey_n,
        sum(kinds_apart.ces_sum) as ces_sum,
        sum(kinds_apart.ces_n) as ces_n
    from kinds_apart
    inner join dimensions
        on kinds_apart.account_id = dimensions.account_id
    group by kinds_apart.month, dimensions.dimension, dimensions.dimension_value
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
