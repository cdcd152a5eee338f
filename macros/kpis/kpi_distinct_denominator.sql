{# What people counted once are compared with. #}
{% macro kpi_distinct_denominator(kpi_id, measures) -%}
    case {{ kpi_id }}
        when 'login_rate' then {{ measures }}.licensed_seats
        when 'stickiness' then 28 * {{ measures }}.mau
        when 'onboarding_completion_rate' then {{ measures }}.accounts_with_milestones
    end
{%- endmacro %}
