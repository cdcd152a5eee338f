{# One correctly rounded quotient: a target of whole minutes is met or missed to the microsecond. #}
{% macro hours_of(microseconds) -%}
    cast({{ microseconds }} as {{ double_type() }}) / cast(3600000000 as {{ double_type() }})
{%- endmacro %}
