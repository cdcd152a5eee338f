with

accounts as (
    select * from {{ ref('dim_account') }}
),

survey_responses as (
    select * from {{ ref('fct_survey_response') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

ranked_answers as (
    select
        *,
        row_number() over (
            partition by account_id, survey_kind, is_last_answer
            order by answered_at desc, survey_id desc
        ) as latest_rank
    from survey_responses
),

answer_totals as (
    select
        account_id,
        max(answered_at) as last_survey_at,
        {{ tally("case when is_last_answer and survey_kind = 'nps' then 1 end") }} as nps_n,
        {{ tally("case when is_last_answer and answer_class = 'promoter' then 1 end") }} as nps_promoters,
        {{ tally("case when is_last_answer and answer_class = 'detractor' then 1 end") }} as nps_detractors,
        {{ tally("case when is_last_answer and survey_kind = 'csat' then 1 end") }} as csat_n,
        {{ tally("case when is_last_answer and answer_class = 'satisfied' then 1 end") }} as csat_satisfied,
        {{ tally("case when is_last_answer and survey_kind = 'ces' then 1 end") }} as ces_n,
        {{ tally("case when is_last_answer and survey_kind = 'ces' then survey_score end") }} as ces_sum,
        max(
            case when is_last_answer and survey_kind = 'nps' and latest_rank = 1 then survey_score end
        ) as last_nps_score
    from ranked_answers
    group by account_id
),

account_voice as (
    select
        ---------- ids
        accounts.account_id,
        ---------- strings
        cast(
            case
                when accounts.is_internal then 'not_applicable'
                when not sources_connected.has_surveys then 'not_connected'
                when answer_totals.account_id is null then 'no_data'
                else 'ok'
            end as {{ text_type() }}
        ) as voice_state,
        ---------- numbers
        {{ ratio('answer_totals.nps_promoters - answer_totals.nps_detractors', 'answer_totals.nps_n') }} as nps,
        answer_totals.nps_n,
        {{ ratio('answer_totals.csat_satisfied', 'answer_totals.csat_n') }} as csat,
        answer_totals.csat_n,
        {{ ratio('answer_totals.ces_sum', 'answer_totals.ces_n') }} as ces,
        answer_totals.ces_n,
        answer_totals.last_nps_score,
        ---------- timestamps
        answer_totals.last_survey_at
    from accounts
    cross join sources_connected
    left join answer_totals
        on accounts.account_id = answer_totals.account_id
)

select * from account_voice
