{% macro parse_text(cell) -%}
    {{ return(adapter.dispatch('parse_text')(cell)) }}
{%- endmacro %}

{% macro default__parse_text(cell) -%}
    nullif(regexp_replace(cast({{ cell }} as varchar), '^[ \t\r\n\f\v]+|[ \t\r\n\f\v]+$', '', 'g'), '')
{%- endmacro %}

{% macro duckdb__parse_text(cell) -%}
    nullif(trim(cast({{ cell }} as varchar), ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)), '')
{%- endmacro %}

{% macro spark__parse_text(cell) -%}
    nullif(btrim(cast({{ cell }} as string), ' \t\n\u000b\u000c\r'), '')
{%- endmacro %}
