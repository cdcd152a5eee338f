{#
    Three horizons and two or three sets of dates stand side by side, so that the observations are read once.
#}
{% macro for_each_label(template, kinds=['all', 'late']) -%}
    {%- set columns = [] -%}
    {%- for kind in kinds -%}
        {%- for horizon in [30, 90, 180] -%}
            {%- do columns.append(template | replace('[label]', kind ~ '_' ~ horizon)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ columns | join(',\n        ') }}
{%- endmacro %}
