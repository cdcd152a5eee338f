{% macro label_column(start, kind=none) -%}
    case
    {%- for name, date_set in [('all', 'all'), ('late', 'out_of_time')] if kind is none %}
        {%- for horizon in [30, 90, 180] %}
        when horizon_days = {{ horizon }} and date_set = '{{ date_set }}' then {{ start }}_{{ name }}_{{ horizon }}
        {%- endfor %}
    {%- endfor %}
    {%- for horizon in [30, 90, 180] if kind %}
        when horizon_days = {{ horizon }} then {{ start }}_{{ kind }}_{{ horizon }}
    {%- endfor %}
    end
{%- endmacro %}
