{# What a quotient is divided by; a KPI that is no quotient has none. #}
{% macro kpi_denominator(kpi_id, measures) -%}
    case {{ kpi_id }}
        when 'logo_churn_rate' then {{ measures }}.logos_start
        when 'gross_revenue_churn_rate' then {{ measures }}.mrr_start
        when 'net_revenue_churn_rate' then {{ measures }}.mrr_start
        when 'grr_12m' then {{ measures }}.opening_mrr_12m
        when 'nrr_12m' then {{ measures }}.opening_mrr_12m
        when 'logo_retention_12m' then {{ measures }}.opening_logos_12m
        when 'quick_ratio' then cast({{ measures }}.churn_mrr + {{ measures }}.contraction_mrr as decimal(18, 4))
        when 'arpa' then {{ measures }}.logos_end
        when 'gross_renewal_rate' then {{ measures }}.atr_mrr
        when 'net_renewal_rate' then {{ measures }}.atr_mrr
        when 'logo_renewal_rate' then {{ measures }}.due_count
        when 'reopen_rate' then {{ measures }}.tickets_solved
        when 'escalation_rate' then {{ measures }}.tickets_created
        when 'csat' then {{ measures }}.csat_n
        when 'tickets_per_100_seats' then {{ measures }}.licensed_seats
        when 'sla_breach_rate' then {{ measures }}.tickets_created
        when 'survey_response_rate' then {{ measures }}.survey_invitations
        when 'nps' then {{ measures }}.nps_n
        when 'csat_survey' then {{ measures }}.csat_survey_n
        when 'ces' then {{ measures }}.ces_n
        when 'adoption_breadth' then {{ measures }}.features_entitled
        when 'message_delivery_rate' then {{ measures }}.messages_sent
        when 'message_open_rate' then {{ measures }}.messages_delivered
        when 'message_reply_rate' then {{ measures }}.messages_delivered
        when 'upsell_mrr_rate' then {{ measures }}.mrr_start
        when 'upsell_rate' then {{ measures }}.logos_start
        when 'cross_sell_rate' then {{ measures }}.logos_start
        when 'win_rate' then {{ measures }}.opportunities_closed
        when 'health_scored_share' then {{ measures }}.health_accounts
        when 'health_score_mean' then {{ measures }}.scored_accounts
        when 'health_coverage_mean' then {{ measures }}.health_accounts
    end
{%- endmacro %}
