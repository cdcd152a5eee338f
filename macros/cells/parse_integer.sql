{% macro parse_integer(cell) -%}
    {{ return(adapter.dispatch('parse_integer')(cell)) }}
{%- endmacro %}

{# Compared as a numeric first: a cast of what does not fit would stop the build. #}
{% macro postgres__parse_integer(cell) -%}
    {%- set whole -%} left(split_part({{ parse_text(cell) }}, '.', 1), 16000) {%- endset -%}
    case
        when {{ parse_text(cell) }} ~ '^[+-]?[0-9]+([.]0+)?$'
            then case
                when cast({{ whole }} as numeric) between -9223372036854775808 and 9223372036854775807
                    then cast({{ whole }} as bigint)
            end
    end
{%- endmacro %}

{# A float column of whole numbers is exported as `3.0`, so a zero fraction is read. #}
{% macro duckdb__parse_integer(cell) -%}
    case
        when regexp_full_match({{ parse_text(cell) }}, '[+-]?[0-9]+([.]0+)?')
            then try_cast(split_part({{ parse_text(cell) }}, '.', 1) as bigint)
    end
{%- endmacro %}

{% macro spark__parse_integer(cell) -%}
    case
        when {{ parse_text(cell) }} rlike '\\A[+-]?[0-9]+([.]0+)?\\z'
            then try_cast(split_part({{ parse_text(cell) }}, '.', 1) as bigint)
    end
{%- endmacro %}
