{% macro spark__datediff(first_date, second_date, datepart) -%}
    {%- if datepart == 'day' -%}
    datediff({{ second_date }}, {{ first_date }})
    {%- else -%}
    {{ exceptions.raise_compiler_error("datediff on Spark: days only, not '" ~ datepart ~ "'") }}
    {%- endif -%}
{%- endmacro %}
