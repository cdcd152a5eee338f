{# Null where the profile does not have the component. #}
{% macro health_component_state(facts, parameters) -%}
    case
        when {{ parameters }}.<c>_weight is null then null
        when not {{ facts }}.<c>_applies then 'not_applicable'
        when {{ facts }}.<c> is null then {{ parameters }}.<c>_policy
        when {{ days_between(facts ~ '.<c>_on', facts ~ '.date') }} > {{ parameters }}.<c>_max_age then 'stale'
        else 'ok'
    end
{%- endmacro %}
