with

retention_totals as (
    select * from {{ ref('int_retention_totals') }}
),

adoption_totals as (
    select * from {{ ref('int_adoption_totals') }}
),

support_totals as (
    select * from {{ ref('int_support_totals') }}
),

commercial_totals as (
    select * from {{ ref('int_commercial_totals') }}
),

voice_totals as (
    select * from {{ ref('int_voice_totals') }}
),

expansion_totals as (
    select * from {{ ref('int_expansion_totals') }}
),

engagement_totals as (
    select * from {{ ref('int_engagement_totals') }}
),

onboarding_totals as (
    select * from {{ ref('int_onboarding_totals') }}
),

health_totals as (
    select * from {{ ref('int_health_totals') }}
),

counted_values as (
    select
        month,
        dimension,
        dimension_value
    from retention_totals

    union distinct

    select
        month,
        dimension,
        dimension_value
    from support_totals

    union distinct

    select
        month,
        dimension,
        dimension_value
    from commercial_totals
),

current_totals as (
    select
        ---------- strings
        counted_values.dimension,
        counted_values.dimension_value,
        ---------- numbers
        retention_totals.mrr_start,
        retention_totals.new_mrr,
        retention_totals.reactivation_mrr,
        retention_totals.expansion_mrr,
        cast(
            case
                when retention_totals.month is not null then coalesce(commercial_totals.cross_sell_mrr, 0)
            end as decimal(18, 4)
        ) as cross_sell_mrr,
        retention_totals.contraction_mrr,
        retention_totals.churn_mrr,
        retention_totals.pause_mrr,
        retention_totals.resume_mrr,
        retention_totals.fx_mrr,
        retention_totals.mrr_end,
        retention_totals.carr,
        retention_totals.logos_start,
        retention_totals.new_logos,
        retention_totals.reactivated_logos,
        retention_totals.churned_logos,
        retention_totals.logos_end,
        retention_totals.intra_month_new_logos,
        retention_totals.intra_month_churned_logos,
        retention_totals.grace_logos,
        retention_totals.grace_mrr,
        retention_totals.paused_logos_end,
        retention_totals.zero_mrr_logos_end,
        retention_totals.opening_mrr_12m,
        retention_totals.closing_mrr_12m,
        retention_totals.kept_mrr_12m,
        retention_totals.opening_logos_12m,
        retention_totals.retained_logos_12m,
        adoption_totals.active_accounts,
        adoption_totals.mau,
        adoption_totals.licensed_seats,
        adoption_totals.dau_sum_28d,
        adoption_totals.accounts_without_login,
        support_totals.tickets_created,
        support_totals.tickets_solved,
        support_totals.backlog,
        support_totals.tickets_reopened,
        support_totals.tickets_escalated,
        support_totals.csat_satisfied,
        support_totals.csat_n,
        support_totals.first_response_hours_median,
        support_totals.resolution_hours_median,
        commercial_totals.due_count,
        commercial_totals.renewed_count,
        commercial_totals.atr_mrr,
        commercial_totals.renewed_mrr,
        commercial_totals.kept_mrr,
        commercial_totals.open_count,
        commercial_totals.open_atr_mrr,
        support_totals.tickets_sla_breached,
        support_totals.open_sla_breaches,
        support_totals.first_response_business_hours_median,
        support_totals.resolution_business_hours_median,
        support_totals.first_response_hours_km_median,
        support_totals.resolution_hours_km_median,
        voice_totals.survey_invitations,
        voice_totals.survey_invitations_answered,
        voice_totals.survey_answers,
        voice_totals.nps_promoters,
        voice_totals.nps_detractors,
        voice_totals.nps_n,
        voice_totals.csat_survey_satisfied,
        voice_totals.csat_survey_n,
        voice_totals.ces_sum,
        voice_totals.ces_n,
        cast(
            case when retention_totals.month is not null then expansion_totals.upsell_mrr end as decimal(18, 4)
        ) as upsell_mrr,
        cast(
            case when retention_totals.month is not null then expansion_totals.upsell_accounts end as integer
        ) as upsell_accounts,
        cast(
            case when retention_totals.month is not null then expansion_totals.cross_sell_accounts end as integer
        ) as cross_sell_accounts,
        expansion_totals.opportunities_opened,
        expansion_totals.opportunities_closed,
        expansion_totals.opportunities_won,
        expansion_totals.wins_with_signal,
        expansion_totals.won_amount,
        expansion_totals.days_from_signal_median,
        engagement_totals.features_used,
        engagement_totals.features_entitled,
        engagement_totals.records,
        engagement_totals.messages_sent,
        engagement_totals.messages_delivered,
        engagement_totals.messages_opened,
        engagement_totals.messages_replied,
        engagement_totals.product_messages_sent,
        engagement_totals.touchpoints,
        engagement_totals.two_way_contacts,
        engagement_totals.unused_seats,
        engagement_totals.accounts_without_two_way_contact_60d,
        onboarding_totals.accounts_started,
        onboarding_totals.accounts_with_milestones,
        onboarding_totals.accounts_onboarded_90d,
        onboarding_totals.first_value_tracked,
        onboarding_totals.first_value_reached,
        onboarding_totals.time_to_first_value_days_median,
        onboarding_totals.time_to_first_value_days_km_median,
        health_totals.health_accounts,
        health_totals.scored_accounts,
        health_totals.at_risk_accounts,
        health_totals.neutral_accounts,
        health_totals.healthy_accounts,
        health_totals.unknown_accounts,
        health_totals.at_risk_mrr,
        health_totals.neutral_mrr,
        health_totals.healthy_mrr,
        health_totals.unknown_mrr,
        health_totals.moved_up_accounts,
        health_totals.moved_down_accounts,
        health_totals.health_score_sum,
        health_totals.health_coverage_sum,
        ---------- dates
        counted_values.month
    from counted_values
    left join retention_totals
        on
            counted_values.month = retention_totals.month
            and counted_values.dimension = retention_totals.dimension
            and counted_values.dimension_value = retention_totals.dimension_value
    left join adoption_totals
        on
            counted_values.month = adoption_totals.month
            and counted_values.dimension = adoption_totals.dimension
            and counted_values.dimension_value = adoption_totals.dimension_value
    left join support_totals
        on
            counted_values.month = support_totals.month
            and counted_values.dimension = support_totals.dimension
            and counted_values.dimension_value = support_totals.dimension_value
    left join commercial_totals
        on
            counted_values.month = commercial_totals.month
            and counted_values.dimension = commercial_totals.dimension
            and counted_values.dimension_value = commercial_totals.dimension_value
    left join voice_totals
        on
            counted_values.month = voice_totals.month
            and counted_values.dimension = voice_totals.dimension
            and counted_values.dimension_value = voice_totals.dimension_value
    left join expansion_totals
        on
            counted_values.month = expansion_totals.month
            and counted_values.dimension = expansion_totals.dimension
            and counted_values.dimension_value = expansion_totals.dimension_value
    left join engagement_totals
        on
            counted_values.month = engagement_totals.month
            and counted_values.dimension = engagement_totals.dimension
            and counted_values.dimension_value = engagement_totals.dimension_value
    left join onboarding_totals
        on
            counted_values.month = onboarding_totals.month
            and counted_values.dimension = onboarding_totals.dimension
            and counted_values.dimension_value = onboarding_totals.dimension_value
    left join health_totals
        on
            counted_values.month = health_totals.month
            and counted_values.dimension = health_totals.dimension
            and counted_values.dimension_value = health_totals.dimension_value
)

select * from current_totals
