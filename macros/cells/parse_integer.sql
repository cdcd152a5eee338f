{% macro parse_integer(cell) -%}
    {{ return(adapter.dispatch('parse_integer')(cell)) }}
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
