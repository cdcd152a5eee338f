{% macro parse_decimal(cell, precision, scale) -%}
    {{ return(adapter.dispatch('parse_decimal')(cell, precision, scale)) }}
{%- endmacro %}

{#
    Compared as a numeric first: a cast of what does not fit would stop the build. A numeric has at
    most 16383 digits after the point; what lies behind them decides no rounding.
#}
{% macro postgres__parse_decimal(cell, precision, scale) -%}
    {%- set number -%} cast(left({{ parse_text(cell) }}, 16000) as numeric) {%- endset -%}
    case
        when {{ parse_text(cell) }} ~ '^[+-]?[0-9]+([.][0-9]+)?$'
            then case
                when abs(round({{ number }}, {{ scale }})) < {{ 10 ** (precision | int - scale | int) }}
                    then cast({{ number }} as decimal({{ precision }}, {{ scale }}))
            end
    end
{%- endmacro %}

{% macro duckdb__parse_decimal(cell, precision, scale) -%}
    case
        when regexp_full_match({{ parse_text(cell) }}, '[+-]?[0-9]+([.][0-9]+)?')
            then try_cast({{ parse_text(cell) }} as decimal({{ precision }}, {{ scale }}))
    end
{%- endmacro %}

{% macro spark__parse_decimal(cell, precision, scale) -%}
    case
        when {{ parse_text(cell) }} rlike '\\A[+-]?[0-9]+([.][0-9]+)?\\z'
            then try_cast({{ parse_text(cell) }} as decimal({{ precision }}, {{ scale }}))
    end
{%- endmacro %}
