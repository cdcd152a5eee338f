{% macro spark__last_day(date, datepart) -%}
    {%- if datepart == 'month' -%}
    last_day({{ date }})
    {%- else -%}
    {{ exceptions.raise_compiler_error("last_day on Spark: of months only, not '" ~ datepart ~ "'") }}
    {%- endif -%}
{%- endmacro %}
