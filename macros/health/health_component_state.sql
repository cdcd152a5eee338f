{#
    Null where the profile does not have the component. Most figures are of the day itself: only of the
    others the days are counted.
#}
{% macro health_component_state(facts, parameters) -%}
    case
        when {{ parameters }}.<c>_weight is null then null
        when not {{ facts }}.<c>_applies then 'not_applicable'
        when {{ facts }}.<c> is null then {{ parameters }}.<c>_policy
        when
            {{ facts }}.<c>_on < {{ facts }}.date
            and {{ days_between(facts ~ '.<c>_on', facts ~ '.date') }} > {{ parameters }}.<c>_max_age
            then 'stale'
        else 'ok'
    end
{%- endmacro %}
