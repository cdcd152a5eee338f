{# Linear in the measures, so that accounts add up to the total; the catalogue spells the same formulas. #}
{% macro kpi_numerator(kpi_id, measures) -%}
    case {{ kpi_id }}
        when 'mrr_start' then {{ measures }}.mrr_start
        when 'new_mrr' then {{ measures }}.new_mrr
        when 'reactivation_mrr' then {{ measures }}.reactivation_mrr
        when 'expansion_mrr' then {{ measures }}.expansion_mrr
        when 'cross_sell_mrr' then {{ measures }}.cross_sell_mrr
        when 'contraction_mrr' then {{ measures }}.contraction_mrr
        when 'churn_mrr' then {{ measures }}.churn_mrr
        when 'pause_mrr' then {{ measures }}.pause_mrr
        when 'resume_mrr' then {{ measures }}.resume_mrr
        when 'fx_mrr' then {{ measures }}.fx_mrr
        when 'mrr_end' then {{ measures }}.mrr_end
        when 'arr' then cast(12 * {{ measures }}.mrr_end as decimal(18, 4))
        when 'carr' then {{ measures }}.carr
        when 'logos_start' then {{ measures }}.logos_start
        when 'new_logos' then {{ measures }}.new_logos
        when 'reactivated_logos' then {{ measures }}.reactivated_logos
        when 'churned_logos' then {{ measures }}.churned_logos
        when 'logos_end' then {{ measures }}.logos_end
        when 'intra_month_new_logos' then {{ measures }}.intra_month_new_logos
        when 'intra_month_churned_logos' then {{ measures }}.intra_month_churned_logos
        when 'grace_logos' then {{ measures }}.grace_logos
        when 'grace_mrr' then {{ measures }}.grace_mrr
        when 'paused_logos_end' then {{ measures }}.paused_logos_end
        when 'zero_mrr_logos_end' then {{ measures }}.zero_mrr_logos_end
        when 'logo_churn_rate' then {{ measures }}.churned_logos
        when 'gross_revenue_churn_rate' then cast({{ measures }}.churn_mrr + {{ measures }}.contraction_mrr as decimal(18, 4))
        when 'net_revenue_churn_rate' then cast({{ measures }}.churn_mrr + {{ measures }}.contraction_mrr - {{ measures }}.expansion_mrr as decimal(18, 4))
        when 'opening_mrr_12m' then {{ measures }}.opening_mrr_12m
        when 'closing_mrr_12m' then {{ measures }}.closing_mrr_12m
        when 'kept_mrr_12m' then {{ measures }}.kept_mrr_12m
        when 'opening_logos_12m' then {{ measures }}.opening_logos_12m
        when 'retained_logos_12m' then {{ measures }}.retained_logos_12m
        when 'grr_12m' then {{ measures }}.kept_mrr_12m
        when 'nrr_12m' then {{ measures }}.closing_mrr_12m
        when 'logo_retention_12m' then {{ measures }}.retained_logos_12m
        when 'quick_ratio' then cast({{ measures }}.new_mrr + {{ measures }}.expansion_mrr + {{ measures }}.reactivation_mrr as decimal(18, 4))
        when 'arpa' then {{ measures }}.mrr_end
        when 'due_count' then {{ measures }}.due_count
        when 'renewed_count' then {{ measures }}.renewed_count
        when 'atr_mrr' then {{ measures }}.atr_mrr
        when 'renewed_mrr' then {{ measures }}.renewed_mrr
        when 'kept_mrr' then {{ measures }}.kept_mrr
        when 'gross_renewal_rate' then {{ measures }}.kept_mrr
        when 'net_renewal_rate' then {{ measures }}.renewed_mrr
        when 'logo_renewal_rate' then {{ measures }}.renewed_count
        when 'open_count' then {{ measures }}.open_count
        when 'open_atr_mrr' then {{ measures }}.open_atr_mrr
        when 'active_accounts' then {{ measures }}.active_accounts
        when 'licensed_seats' then {{ measures }}.licensed_seats
        when 'accounts_without_login' then {{ measures }}.accounts_without_login
        when 'tickets_created' then {{ measures }}.tickets_created
        when 'tickets_solved' then {{ measures }}.tickets_solved
        when 'backlog' then {{ measures }}.backlog
        when 'tickets_reopened' then {{ measures }}.tickets_reopened
        when 'reopen_rate' then {{ measures }}.tickets_reopened
        when 'tickets_escalated' then {{ measures }}.tickets_escalated
        when 'escalation_rate' then {{ measures }}.tickets_escalated
        when 'csat_satisfied' then {{ measures }}.csat_satisfied
        when 'csat_n' then {{ measures }}.csat_n
        when 'csat' then {{ measures }}.csat_satisfied
        when 'tickets_per_100_seats' then cast(100 * {{ measures }}.tickets_created as decimal(18, 4))
        when 'tickets_sla_breached' then {{ measures }}.tickets_sla_breached
        when 'sla_breach_rate' then {{ measures }}.tickets_sla_breached
        when 'open_sla_breaches' then {{ measures }}.open_sla_breaches
        when 'survey_invitations' then {{ measures }}.survey_invitations
        when 'survey_invitations_answered' then {{ measures }}.survey_invitations_answered
        when 'survey_response_rate' then {{ measures }}.survey_invitations_answered
        when 'survey_answers' then {{ measures }}.survey_answers
        when 'nps_promoters' then {{ measures }}.nps_promoters
        when 'nps_detractors' then {{ measures }}.nps_detractors
        when 'nps_n' then {{ measures }}.nps_n
        when 'nps' then cast({{ measures }}.nps_promoters - {{ measures }}.nps_detractors as decimal(18, 4))
        when 'csat_survey_satisfied' then {{ measures }}.csat_survey_satisfied
        when 'csat_survey_n' then {{ measures }}.csat_survey_n
        when 'csat_survey' then {{ measures }}.csat_survey_satisfied
        when 'ces_sum' then {{ measures }}.ces_sum
        when 'ces_n' then {{ measures }}.ces_n
        when 'ces' then {{ measures }}.ces_sum
        when 'features_used' then {{ measures }}.features_used
        when 'features_entitled' then {{ measures }}.features_entitled
        when 'adoption_breadth' then {{ measures }}.features_used
        when 'records' then {{ measures }}.records
        when 'messages_sent' then {{ measures }}.messages_sent
        when 'messages_delivered' then {{ measures }}.messages_delivered
        when 'message_delivery_rate' then {{ measures }}.messages_delivered
        when 'messages_opened' then {{ measures }}.messages_opened
        when 'message_open_rate' then {{ measures }}.messages_opened
        when 'messages_replied' then {{ measures }}.messages_replied
        when 'message_reply_rate' then {{ measures }}.messages_replied
        when 'product_messages_sent' then {{ measures }}.product_messages_sent
        when 'touchpoints' then {{ measures }}.touchpoints
        when 'two_way_contacts' then {{ measures }}.two_way_contacts
        when 'unused_seats' then {{ measures }}.unused_seats
        when 'accounts_without_two_way_contact_60d' then {{ measures }}.accounts_without_two_way_contact_60d
        when 'upsell_mrr' then {{ measures }}.upsell_mrr
        when 'upsell_mrr_rate' then {{ measures }}.upsell_mrr
        when 'upsell_accounts' then {{ measures }}.upsell_accounts
        when 'upsell_rate' then {{ measures }}.upsell_accounts
        when 'cross_sell_accounts' then {{ measures }}.cross_sell_accounts
        when 'cross_sell_rate' then {{ measures }}.cross_sell_accounts
        when 'opportunities_opened' then {{ measures }}.opportunities_opened
        when 'opportunities_closed' then {{ measures }}.opportunities_closed
        when 'opportunities_won' then {{ measures }}.opportunities_won
        when 'win_rate' then {{ measures }}.opportunities_won
        when 'won_amount' then {{ measures }}.won_amount
        when 'wins_with_signal' then {{ measures }}.wins_with_signal
        when 'accounts_started' then {{ measures }}.accounts_started
        when 'accounts_with_milestones' then {{ measures }}.accounts_with_milestones
        when 'first_value_tracked' then {{ measures }}.first_value_tracked
        when 'first_value_reached' then {{ measures }}.first_value_reached
    end
{%- endmacro %}
