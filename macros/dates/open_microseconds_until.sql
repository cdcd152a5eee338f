{# A closed day opens at no moment, so that nothing is added on it. #}
{% macro open_microseconds_until(moment, day) -%}
    {%- set opens_at = day ~ '.day_opens_at' -%}
    {%- set open_until = 'greatest(' ~ opens_at ~ ', least(' ~ moment ~ ', ' ~ day ~ '.day_closes_at))' -%}
    {{ day }}.open_microseconds_before + coalesce({{ microseconds_between(opens_at, open_until) }}, 0)
{%- endmacro %}
