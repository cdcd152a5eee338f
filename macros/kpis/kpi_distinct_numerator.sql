{# People counted once over all accounts: no sum over accounts, so no contributions of one account. #}
{% macro kpi_distinct_numerator(kpi_id, measures) -%}
    case {{ kpi_id }}
        when 'mau' then {{ measures }}.mau
        when 'login_rate' then {{ measures }}.mau
        when 'dau_sum_28d' then {{ measures }}.dau_sum_28d
        when 'stickiness' then {{ measures }}.dau_sum_28d
        when 'accounts_onboarded_90d' then {{ measures }}.accounts_onboarded_90d
        when 'onboarding_completion_rate' then {{ measures }}.accounts_onboarded_90d
    end
{%- endmacro %}
