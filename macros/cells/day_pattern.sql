{# Engines without a cast that gives null for what is no day need the calendar itself. #}
{% macro day_pattern() -%}
    {%- set year = '([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)' -%}
    {%- set leap_year = '([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)' -%}
    {%- set any_day = '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])' -%}
    {%- set to_30 = '(0[469]|11)-(0[1-9]|[12][0-9]|30)' -%}
    {%- set to_28 = '02-(0[1-9]|1[0-9]|2[0-8])' -%}
    ({{ year }}-({{ any_day }}|{{ to_30 }}|{{ to_28 }})|{{ leap_year }}-02-29)
{%- endmacro %}
