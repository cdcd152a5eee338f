{% macro label_column(start, kind=none) -%}
    {%- set labels = [] -%}
    {%- for name, date_set in [('all', 'all'), ('late', 'out_of_time')] if kind is none -%}
        {%- for horizon in [30, 90, 180] -%}
            {%- do labels.append(
                ['horizon_days = ' ~ horizon ~ " and date_set = '" ~ date_set ~ "'", name ~ '_' ~ horizon]
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for horizon in [30, 90, 180] if kind -%}
        {%- do labels.append(['horizon_days = ' ~ horizon, kind ~ '_' ~ horizon]) -%}
    {%- endfor -%}
    case
        {%- for condition, label in labels %}
        {% if loop.last %}else{% else %}when {{ condition }} then{% endif %} {{ start }}_{{ label }}
        {%- endfor %}
    end
{%- endmacro %}
