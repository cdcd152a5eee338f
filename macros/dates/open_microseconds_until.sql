{# A closed day opens at no moment, so that nothing is added on it. #}
{% macro open_microseconds_until(moment, day) -%}
    {{ day }}.open_microseconds_before + case
        when {{ moment }} > {{ day }}.day_opens_at
            then {{ microseconds_between(day ~ '.day_opens_at', 'least(' ~ moment ~ ', ' ~ day ~ '.day_closes_at)') }}
        else 0
    end
{%- endmacro %}
