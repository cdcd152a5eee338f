{% macro parse_decimal(cell, precision, scale) -%}
    {{ return(adapter.dispatch('parse_decimal')(cell, precision, scale)) }}
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
