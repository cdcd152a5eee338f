{% macro points_text(points) -%}
    case when {{ points }} < 0 then '-' else '+' end
    || cast({{ rounded('abs(' ~ points ~ ')', 1) }} as {{ text_type() }})
{%- endmacro %}
