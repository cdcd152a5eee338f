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
    end
{%- endmacro %}
