{# dbt-spark goes by way of Unix seconds and checks each date on the way; the project adds to dates only. #}
{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
    {%- if datepart == 'day' -%}
    date_add({{ from_date_or_timestamp }}, cast({{ interval }} as integer))
    {%- elif datepart == 'month' -%}
    add_months({{ from_date_or_timestamp }}, cast({{ interval }} as integer))
    {%- else -%}
    {{ exceptions.raise_compiler_error("dateadd on Spark: days and months of dates only, not '" ~ datepart ~ "'") }}
    {%- endif -%}
{%- endmacro %}
