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
    end
{%- endmacro %}
