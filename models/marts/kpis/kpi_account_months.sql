with

facts as (
    select * from {{ ref('int_account_month_facts') }}
),

account_month_use as (
    select * from {{ ref('int_account_month_use') }}
),

account_month_support as (
    select * from {{ ref('int_account_month_support') }}
),

renewals as (
    select * from {{ ref('fct_renewal') }}
),

cross_sells as (
    select * from {{ ref('int_account_month_cross_sells') }}
),

voice_months as (
    select * from {{ ref('int_account_month_satisfaction') }}
),

expansion_months as (
    select * from {{ ref('int_account_month_expansion') }}
),

engagement_months as (
    select * from {{ ref('int_account_month_engagement') }}
),

onboarding_starts as (
    select * from {{ ref('int_onboarding_starts') }}
),

health_months as (
    select * from {{ ref('int_account_month_health') }}
),

due_months as (
    select
        account_id,
        month,
        {{ tally('case when not is_open then 1 end') }} as due_count,
        {{ tally('case when is_renewed then 1 end') }} as renewed_count,
        {{ total('case when not is_open then atr_mrr end') }} as atr_mrr,
        {{ total('case when not is_open then renewed_mrr end') }} as renewed_mrr,
        {{ total('case when not is_open then kept_mrr end') }} as kept_mrr,
        {{ tally('case when is_open then 1 end') }} as open_count,
        {{ total('case when is_open then atr_mrr end') }} as open_atr_mrr
    from renewals
    group by account_id, month
),

start_months as (
    select
        account_id,
        month,
        1 as accounts_started,
        case when is_milestone_tracked then 1 else 0 end as accounts_with_milestones,
        case when has_first_value_milestone then 1 else 0 end as first_value_tracked,
        case when is_first_value_reached then 1 else 0 end as first_value_reached
    from onboarding_starts
),

-- Tickets come in before an account begins and after it has left, contracts are due after it too.
counted_months as (
    select
        account_id,
        month
    from facts

    union distinct

    select
        account_id,
        month
    from account_month_support

    union distinct

    select
        account_id,
        month
    from due_months

    union distinct

    select
        account_id,
        month
    from voice_months

    union distinct

    select
        account_id,
        month
    from expansion_months

    union distinct

    select
        account_id,
        month
    from engagement_months

    union distinct

    select
        account_id,
        month
    from start_months
),

account_months as (
    select
        ---------- ids
        counted_months.account_id,
        ---------- numbers
        {{ money('coalesce(facts.mrr_start, 0)') }} as mrr_start,
        {{ money('coalesce(facts.new_mrr, 0)') }} as new_mrr,
        {{ money('coalesce(facts.reactivation_mrr, 0)') }} as reactivation_mrr,
        {{ money('coalesce(facts.expansion_mrr, 0)') }} as expansion_mrr,
        {{ money('coalesce(cross_sells.cross_sell_mrr, 0)') }} as cross_sell_mrr,
        {{ money('coalesce(facts.contraction_mrr, 0)') }} as contraction_mrr,
        {{ money('coalesce(facts.churn_mrr, 0)') }} as churn_mrr,
        {{ money('coalesce(facts.pause_mrr, 0)') }} as pause_mrr,
        {{ money('coalesce(facts.resume_mrr, 0)') }} as resume_mrr,
        {{ money('coalesce(facts.fx_mrr, 0)') }} as fx_mrr,
        {{ money('coalesce(facts.mrr_end, 0)') }} as mrr_end,
        {{ money('coalesce(facts.carr, 0)') }} as carr,
        cast(coalesce(facts.logos_start, 0) as integer) as logos_start,
        cast(coalesce(facts.new_logos, 0) as integer) as new_logos,
        cast(coalesce(facts.reactivated_logos, 0) as integer) as reactivated_logos,
        cast(coalesce(facts.churned_logos, 0) as integer) as churned_logos,
        cast(coalesce(facts.logos_end, 0) as integer) as logos_end,
        cast(coalesce(facts.intra_month_new_logos, 0) as integer) as intra_month_new_logos,
        cast(coalesce(facts.intra_month_churned_logos, 0) as integer) as intra_month_churned_logos,
        cast(coalesce(facts.grace_logos, 0) as integer) as grace_logos,
        {{ money('coalesce(facts.grace_mrr, 0)') }} as grace_mrr,
        cast(coalesce(facts.paused_logos_end, 0) as integer) as paused_logos_end,
        cast(coalesce(facts.zero_mrr_logos_end, 0) as integer) as zero_mrr_logos_end,
        {{ money('coalesce(facts.opening_mrr_12m, 0)') }} as opening_mrr_12m,
        {{ money('coalesce(facts.closing_mrr_12m, 0)') }} as closing_mrr_12m,
        {{ money('coalesce(facts.kept_mrr_12m, 0)') }} as kept_mrr_12m,
        cast(coalesce(facts.opening_logos_12m, 0) as integer) as opening_logos_12m,
        cast(coalesce(facts.retained_logos_12m, 0) as integer) as retained_logos_12m,
        cast(coalesce(account_month_use.active_accounts, 0) as integer) as active_accounts,
        {{ money('coalesce(account_month_use.licensed_seats, 0)') }} as licensed_seats,
        cast(coalesce(account_month_use.accounts_without_login, 0) as integer) as accounts_without_login,
        cast(coalesce(account_month_support.tickets_created, 0) as integer) as tickets_created,
        cast(coalesce(account_month_support.tickets_solved, 0) as integer) as tickets_solved,
        cast(coalesce(account_month_support.backlog, 0) as integer) as backlog,
        cast(coalesce(account_month_support.tickets_reopened, 0) as integer) as tickets_reopened,
        cast(coalesce(account_month_support.tickets_escalated, 0) as integer) as tickets_escalated,
        cast(coalesce(account_month_support.csat_satisfied, 0) as integer) as csat_satisfied,
        cast(coalesce(account_month_support.csat_n, 0) as integer) as csat_n,
        cast(coalesce(due_months.due_count, 0) as integer) as due_count,
        cast(coalesce(due_months.renewed_count, 0) as integer) as renewed_count,
        {{ money('coalesce(due_months.atr_mrr, 0)') }} as atr_mrr,
        {{ money('coalesce(due_months.renewed_mrr, 0)') }} as renewed_mrr,
        {{ money('coalesce(due_months.kept_mrr, 0)') }} as kept_mrr,
        cast(coalesce(due_months.open_count, 0) as integer) as open_count,
        {{ money('coalesce(due_months.open_atr_mrr, 0)') }} as open_atr_mrr,
        cast(coalesce(account_month_support.tickets_sla_breached, 0) as integer) as tickets_sla_breached,
        cast(coalesce(account_month_support.open_sla_breaches, 0) as integer) as open_sla_breaches,
        cast(coalesce(voice_months.survey_invitations, 0) as integer) as survey_invitations,
        cast(coalesce(voice_months.survey_invitations_answered, 0) as integer) as survey_invitations_answered,
        cast(coalesce(voice_months.survey_answers, 0) as integer) as survey_answers,
        cast(coalesce(voice_months.nps_promoters, 0) as integer) as nps_promoters,
        cast(coalesce(voice_months.nps_detractors, 0) as integer) as nps_detractors,
        cast(coalesce(voice_months.nps_n, 0) as integer) as nps_n,
        cast(coalesce(voice_months.csat_survey_satisfied, 0) as integer) as csat_survey_satisfied,
        cast(coalesce(voice_months.csat_survey_n, 0) as integer) as csat_survey_n,
        cast(coalesce(voice_months.ces_sum, 0) as integer) as ces_sum,
        cast(coalesce(voice_months.ces_n, 0) as integer) as ces_n,
        {{ money('coalesce(expansion_months.upsell_mrr, 0)') }} as upsell_mrr,
        cast(coalesce(expansion_months.upsell_accounts, 0) as integer) as upsell_accounts,
        cast(coalesce(expansion_months.cross_sell_accounts, 0) as integer) as cross_sell_accounts,
        cast(coalesce(expansion_months.opportunities_opened, 0) as integer) as opportunities_opened,
        cast(coalesce(expansion_months.opportunities_closed, 0) as integer) as opportunities_closed,
        cast(coalesce(expansion_months.opportunities_won, 0) as integer) as opportunities_won,
        cast(coalesce(expansion_months.wins_with_signal, 0) as integer) as wins_with_signal,
        {{ money('coalesce(expansion_months.won_amount, 0)') }} as won_amount,
        cast(coalesce(engagement_months.features_used, 0) as integer) as features_used,
        cast(coalesce(engagement_months.features_entitled, 0) as integer) as features_entitled,
        cast(coalesce(engagement_months.records, 0) as bigint) as records,
        cast(coalesce(engagement_months.messages_sent, 0) as integer) as messages_sent,
        cast(coalesce(engagement_months.messages_delivered, 0) as integer) as messages_delivered,
        cast(coalesce(engagement_months.messages_opened, 0) as integer) as messages_opened,
        cast(coalesce(engagement_months.messages_replied, 0) as integer) as messages_replied,
        cast(coalesce(engagement_months.product_messages_sent, 0) as integer) as product_messages_sent,
        cast(coalesce(engagement_months.touchpoints, 0) as integer) as touchpoints,
        cast(coalesce(engagement_months.two_way_contacts, 0) as integer) as two_way_contacts,
        {{ money('coalesce(engagement_months.unused_seats, 0)') }} as unused_seats,
        cast(coalesce(engagement_months.accounts_without_two_way_contact_60d, 0) as integer)
            as accounts_without_two_way_contact_60d,
        cast(coalesce(start_months.accounts_started, 0) as integer) as accounts_started,
        cast(coalesce(start_months.accounts_with_milestones, 0) as integer) as accounts_with_milestones,
        cast(coalesce(start_months.first_value_tracked, 0) as integer) as first_value_tracked,
        cast(coalesce(start_months.first_value_reached, 0) as integer) as first_value_reached,
        cast(coalesce(health_months.health_accounts, 0) as integer) as health_accounts,
        cast(coalesce(health_months.scored_accounts, 0) as integer) as scored_accounts,
        cast(coalesce(health_months.at_risk_accounts, 0) as integer) as at_risk_accounts,
        cast(coalesce(health_months.neutral_accounts, 0) as integer) as neutral_accounts,
        cast(coalesce(health_months.healthy_accounts, 0) as integer) as healthy_accounts,
        cast(coalesce(health_months.unknown_accounts, 0) as integer) as unknown_accounts,
        {{ money('coalesce(health_months.at_risk_mrr, 0)') }} as at_risk_mrr,
        {{ money('coalesce(health_months.neutral_mrr, 0)') }} as neutral_mrr,
        {{ money('coalesce(health_months.healthy_mrr, 0)') }} as healthy_mrr,
        {{ money('coalesce(health_months.unknown_mrr, 0)') }} as unknown_mrr,
        cast(coalesce(health_months.moved_up_accounts, 0) as integer) as moved_up_accounts,
        cast(coalesce(health_months.moved_down_accounts, 0) as integer) as moved_down_accounts,
        {{ money('coalesce(health_months.health_score_sum, 0)') }} as health_score_sum,
        {{ money('coalesce(health_months.health_coverage_sum, 0)') }} as health_coverage_sum,
        ---------- dates
        counted_months.month
    from counted_months
    left join facts
        on
            counted_months.account_id = facts.account_id
            and counted_months.month = facts.month
    left join account_month_use
        on
            counted_months.account_id = account_month_use.account_id
            and counted_months.month = account_month_use.month
    left join account_month_support
        on
            counted_months.account_id = account_month_support.account_id
            and counted_months.month = account_month_support.month
    left join due_months
        on
            counted_months.account_id = due_months.account_id
            and counted_months.month = due_months.month
    left join cross_sells
        on
            counted_months.account_id = cross_sells.account_id
            and counted_months.month = cross_sells.month
    left join voice_months
        on
            counted_months.account_id = voice_months.account_id
            and counted_months.month = voice_months.month
    left join expansion_months
        on
            counted_months.account_id = expansion_months.account_id
            and counted_months.month = expansion_months.month
    left join engagement_months
        on
            counted_months.account_id = engagement_months.account_id
            and counted_months.month = engagement_months.month
    left join start_months
        on
            counted_months.account_id = start_months.account_id
            and counted_months.month = start_months.month
    left join health_months
        on
            counted_months.account_id = health_months.account_id
            and counted_months.month = health_months.month
)

select * from account_months
