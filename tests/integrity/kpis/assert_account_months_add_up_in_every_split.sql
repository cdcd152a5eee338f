with

account_months as (
    select * from {{ ref('kpi_account_months') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

kpi_values as (
    select * from {{ ref('kpi_values') }}
),

catalogue as (
    select * from {{ ref('kpi_catalog') }}
),

split_sums as (
    select
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(account_months.mrr_start) as mrr_start,
        sum(account_months.new_mrr) as new_mrr,
        sum(account_months.reactivation_mrr) as reactivation_mrr,
        sum(account_months.expansion_mrr) as expansion_mrr,
        sum(account_months.contraction_mrr) as contraction_mrr,
        sum(account_months.churn_mrr) as churn_mrr,
        sum(account_months.pause_mrr) as pause_mrr,
        sum(account_months.resume_mrr) as resume_mrr,
        sum(account_months.fx_mrr) as fx_mrr,
        sum(account_months.mrr_end) as mrr_end,
        sum(account_months.carr) as carr,
        sum(account_months.logos_start) as logos_start,
        sum(account_months.new_logos) as new_logos,
        sum(account_months.reactivated_logos) as reactivated_logos,
        sum(account_months.churned_logos) as churned_logos,
        sum(account_months.logos_end) as logos_end,
        sum(account_months.intra_month_new_logos) as intra_month_new_logos,
        sum(account_months.intra_month_churned_logos) as intra_month_churned_logos,
        sum(account_months.grace_logos) as grace_logos,
        sum(account_months.grace_mrr) as grace_mrr,
        sum(account_months.paused_logos_end) as paused_logos_end,
        sum(account_months.zero_mrr_logos_end) as zero_mrr_logos_end,
        sum(account_months.opening_mrr_12m) as opening_mrr_12m,
        sum(account_months.closing_mrr_12m) as closing_mrr_12m,
        sum(account_months.kept_mrr_12m) as kept_mrr_12m,
        sum(account_months.opening_logos_12m) as opening_logos_12m,
        sum(account_months.retained_logos_12m) as retained_logos_12m,
        sum(account_months.active_accounts) as active_accounts,
        sum(account_months.licensed_seats) as licensed_seats,
        sum(account_months.accounts_without_login) as accounts_without_login,
        sum(account_months.tickets_created) as tickets_created,
        sum(account_months.tickets_solved) as tickets_solved,
        sum(account_months.backlog) as backlog,
        sum(account_months.tickets_reopened) as tickets_reopened,
        sum(account_months.tickets_escalated) as tickets_escalated,
        sum(account_months.csat_satisfied) as csat_satisfied,
        sum(account_months.csat_n) as csat_n,
        sum(account_months.cross_sell_mrr) as cross_sell_mrr,
        sum(account_months.due_count) as due_count,
        sum(account_months.renewed_count) as renewed_count,
        sum(account_months.atr_mrr) as atr_mrr,
        sum(account_months.renewed_mrr) as renewed_mrr,
        sum(account_months.kept_mrr) as kept_mrr,
        sum(account_months.open_count) as open_count,
        sum(account_months.open_atr_mrr) as open_atr_mrr,
        sum(account_months.tickets_sla_breached) as tickets_sla_breached,
        sum(account_months.open_sla_breaches) as open_sla_breaches,
        sum(account_months.survey_invitations) as survey_invitations,
        sum(account_months.survey_invitations_answered) as survey_invitations_answered,
        sum(account_months.survey_answers) as survey_answers,
        sum(account_months.nps_promoters) as nps_promoters,
        sum(account_months.nps_detractors) as nps_detractors,
        sum(account_months.nps_n) as nps_n,
        sum(account_months.csat_survey_satisfied) as csat_survey_satisfied,
        sum(account_months.csat_survey_n) as csat_survey_n,
        sum(account_months.ces_sum) as ces_sum,
        sum(account_months.ces_n) as ces_n,
        sum(account_months.upsell_mrr) as upsell_mrr,
        sum(account_months.upsell_accounts) as upsell_accounts,
        sum(account_months.cross_sell_accounts) as cross_sell_accounts,
        sum(account_months.opportunities_opened) as opportunities_opened,
        sum(account_months.opportunities_closed) as opportunities_closed,
        sum(account_months.opportunities_won) as opportunities_won,
        sum(account_months.wins_with_signal) as wins_with_signal,
        sum(account_months.won_amount) as won_amount,
        sum(account_months.features_used) as features_used,
        sum(account_months.features_entitled) as features_entitled,
        sum(account_months.records) as records,
        sum(account_months.messages_sent) as messages_sent,
        sum(account_months.messages_delivered) as messages_delivered,
        sum(account_months.messages_opened) as messages_opened,
        sum(account_months.messages_replied) as messages_replied,
        sum(account_months.product_messages_sent) as product_messages_sent,
        sum(account_months.touchpoints) as touchpoints,
        sum(account_months.two_way_contacts) as two_way_contacts,
        sum(account_months.unused_seats) as unused_seats,
        sum(account_months.accounts_without_two_way_contact_60d) as accounts_without_two_way_contact_60d,
        sum(account_months.accounts_started) as accounts_started,
        sum(account_months.accounts_with_milestones) as accounts_with_milestones,
        sum(account_months.first_value_tracked) as first_value_tracked,
        sum(account_months.first_value_reached) as first_value_reached,
        sum(account_months.health_accounts) as health_accounts,
        sum(account_months.scored_accounts) as scored_accounts,
        sum(account_months.at_risk_accounts) as at_risk_accounts,
        sum(account_months.neutral_accounts) as neutral_accounts,
        sum(account_months.healthy_accounts) as healthy_accounts,
        sum(account_months.unknown_accounts) as unknown_accounts,
        sum(account_months.at_risk_mrr) as at_risk_mrr,
        sum(account_months.neutral_mrr) as neutral_mrr,
        sum(account_months.healthy_mrr) as healthy_mrr,
        sum(account_months.unknown_mrr) as unknown_mrr,
        sum(account_months.moved_up_accounts) as moved_up_accounts,
        sum(account_months.moved_down_accounts) as moved_down_accounts,
        sum(account_months.health_score_sum) as health_score_sum,
        sum(account_months.health_coverage_sum) as health_coverage_sum
    from account_months
    inner join dimensions
        on account_months.account_id = dimensions.account_id
    group by
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value
),

sums as (
    select
        catalogue.kpi_id,
        split_sums.month,
        split_sums.dimension,
        split_sums.dimension_value,
        {{ kpi_numerator('catalogue.kpi_id', 'split_sums') }} as numerator,
        {{ kpi_denominator('catalogue.kpi_id', 'split_sums') }} as denominator
    from split_sums
    cross join catalogue
    where catalogue.is_additive
),

-- Priority and category split the tickets of an account, so that no sum over accounts makes them.
additive_values as (
    select kpi_values.*
    from kpi_values
    inner join catalogue
        on kpi_values.kpi_id = catalogue.kpi_id
    where
        catalogue.is_additive
        and kpi_values.version = 'current'
        and kpi_values.dimension not in ('priority', 'category')
),

differing_splits as (
    select
        coalesce(sums.kpi_id, additive_values.kpi_id) as kpi_id,
        coalesce(sums.month, additive_values.month) as month,
        coalesce(sums.dimension, additive_values.dimension) as dimension,
        coalesce(sums.dimension_value, additive_values.dimension_value) as dimension_value
    from sums
    full outer join additive_values
        on
            sums.kpi_id = additive_values.kpi_id
            and sums.month = additive_values.month
            and sums.dimension = additive_values.dimension
            and sums.dimension_value = additive_values.dimension_value
    where
        coalesce(sums.numerator, 0) <> coalesce(additive_values.numerator, 0)
        or coalesce(sums.denominator, 0) <> coalesce(additive_values.denominator, 0)
)

select * from differing_splits
