{# The sorted, comma-separated reasons of one row; null for a row that passes. #}
{% macro quarantine_reasons(source) -%}
    {%- set rules = quarantine_rules() -%}
    nullif(
        substr(
            ''
            {%- for code in rules | sort %}
            {%- set conditions = [] -%}
            {%- for name in ['*', source] if name in rules[code] -%}
                {%- do conditions.append('(' ~ rules[code][name] | trim ~ ')') -%}
            {%- endfor %}
            {%- if conditions %}
            || case when {{ conditions | join(' or ') }} then ',{{ code }}' else '' end
            {%- endif %}
            {%- endfor %}
            , 2
        )
        , ''
    )
{%- endmacro %}
