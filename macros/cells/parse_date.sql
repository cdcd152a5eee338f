{% macro parse_date(cell) -%}
    {{ return(adapter.dispatch('parse_date')(cell)) }}
{%- endmacro %}

{# The written day counts: midnight with an offset stays the day the exporter meant. #}
{% macro postgres__parse_date(cell) -%}
    case
        when pg_typeof({{ cell }}) in (cast('timestamp' as regtype), cast('date' as regtype))
            then cast({{ cell }} as date)
        when {{ parse_text(cell) }} ~ '^{{ day_pattern() }}({{ time_pattern() }}{{ offset_pattern() }}?)?$'
            then cast(left({{ parse_text(cell) }}, 10) as date)
    end
{%- endmacro %}

{# The written day counts: midnight with an offset stays the day the exporter meant. #}
{% macro duckdb__parse_date(cell) -%}
    case
        when typeof({{ cell }}) in ('TIMESTAMP', 'DATE') then try_cast({{ cell }} as date)
        when {{ parse_timestamp(cell) }} is not null
            then try_cast(substr({{ parse_text(cell) }}, 1, 10) as date)
    end
{%- endmacro %}

{% macro spark__parse_date(cell) -%}
    case
        when typeof({{ cell }}) in ('timestamp_ntz', 'date') then cast({{ cell }} as date)
        when {{ parse_timestamp(cell) }} is not null
            then try_cast(substr({{ parse_text(cell) }}, 1, 10) as date)
    end
{%- endmacro %}
