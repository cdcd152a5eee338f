{% macro label_rows() -%}
    values (30, 'all'), (90, 'all'), (180, 'all'), (30, 'out_of_time'), (90, 'out_of_time'), (180, 'out_of_time')
{%- endmacro %}
