with

account_month_voice as (
    select * from {{ ref('int_account_month_voice') }}
),

months as (
    select * from {{ ref('int_months') }}
),

survey_kinds as (
    select distinct survey_kind
    from account_month_voice
),

month_totals as (
    select
        survey_kind,
        month,
        sum(survey_invitations) as survey_invitations,
        sum(survey_invitations_answered) as survey_invitations_answered,
        sum(survey_answers) as survey_answers,
        sum(counted_answers) as counted_answers,
        sum(score_sum) as score_sum,
        sum(promoters) as promoters,
        sum(passives) as passives,
        sum(detractors) as detractors,
        sum(satisfied) as satisfied,
        sum(favourable_answers) as favourable_answers
    from account_month_voice
    group by survey_kind, month
),

-- A kind that is in use has all months, so that a quiet month shows.
kind_months as (
    select
        survey_kinds.survey_kind,
        months.month,
        months.is_complete,
        coalesce(month_totals.survey_invitations, 0) as survey_invitations,
        coalesce(month_totals.survey_invitations_answered, 0) as survey_invitations_answered,
        coalesce(month_totals.survey_answers, 0) as survey_answers,
        coalesce(month_totals.counted_answers, 0) as counted_answers,
        coalesce(month_totals.score_sum, 0) as score_sum,
        coalesce(month_totals.promoters, 0) as promoters,
        coalesce(month_totals.passives, 0) as passives,
        coalesce(month_totals.detractors, 0) as detractors,
        coalesce(month_totals.satisfied, 0) as satisfied,
        coalesce(month_totals.favourable_answers, 0) as favourable_answers
    from months
    cross join survey_kinds
    left join month_totals
        on
            months.month = month_totals.month
            and survey_kinds.survey_kind = month_totals.survey_kind
),

voice_monthly as (
    select
        ---------- strings
        survey_kind,
        ---------- numbers
        cast(survey_invitations as integer) as survey_invitations,
        cast(survey_invitations_answered as integer) as survey_invitations_answered,
        {{ ratio('survey_invitations_answered', 'survey_invitations') }} as survey_response_rate,
        cast(survey_answers as integer) as survey_answers,
        cast(counted_answers as integer) as counted_answers,
        cast(
            case survey_kind
                when 'nps' then {{ ratio('promoters - detractors', 'counted_answers') }}
                when 'csat' then {{ ratio('satisfied', 'counted_answers') }}
                else {{ ratio('score_sum', 'counted_answers') }}
            end as {{ double_type() }}
        ) as voice_score,
        cast(score_sum as integer) as score_sum,
        cast(case when survey_kind = 'nps' then promoters end as integer) as promoters,
        cast(case when survey_kind = 'nps' then passives end as integer) as passives,
        cast(case when survey_kind = 'nps' then detractors end as integer) as detractors,
        cast(case when survey_kind = 'csat' then satisfied end as integer) as satisfied,
        cast(favourable_answers as integer) as favourable_answers,
        {{ ratio('favourable_answers', 'counted_answers') }} as favourable_share,
        {{ wilson_bound('favourable_answers', 'counted_answers') }} as wilson_lower,
        {{ wilson_bound('favourable_answers', 'counted_answers', 'upper') }} as wilson_upper,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from kind_months
)

select * from voice_monthly
