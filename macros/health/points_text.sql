{% macro points_text(points) -%}
    case when {{ points }} < 0 then '-' else '+' end || {{ tenths_text('abs(' ~ points ~ ')') }}
{%- endmacro %}
