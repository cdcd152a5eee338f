{% macro parse_timestamp(cell) -%}
    {{ return(adapter.dispatch('parse_timestamp')(cell)) }}
{%- endmacro %}

{# Digits after the microseconds are cut off: Postgres would round them. #}
{% macro postgres__parse_timestamp(cell) -%}
    case
        when pg_typeof({{ cell }}) in (cast('timestamp' as regtype), cast('date' as regtype))
            then cast({{ cell }} as timestamp)
        when {{ parse_text(cell) }} ~ '^{{ day_pattern() }}({{ time_pattern() }})?$'
            then cast(left({{ parse_text(cell) }}, 26) as timestamp)
        when {{ parse_text(cell) }} ~ '^{{ day_pattern() }}{{ time_pattern() }}{{ offset_pattern() }}$'
            then cast(regexp_replace({{ parse_text(cell) }}, '([.][0-9]{6})[0-9]+', '\1') as timestamptz) at time zone 'UTC'
    end
{%- endmacro %}

{#
    DuckDB folds the constant `typeof`, so a native timestamp is never turned into text and back.
    It reads an offset only after seconds, so a time without them gets `:00`.
#}
{% macro duckdb__parse_timestamp(cell) -%}
    {%- set year = '([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)' -%}
    {%- set day = year ~ '-[0-9]{2}-[0-9]{2}' -%}
    {%- set time = '[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?' -%}
    {%- set offset = '(Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?)' -%}
    case
        when typeof({{ cell }}) in ('TIMESTAMP', 'DATE')
            then try_cast({{ cell }} as timestamp)
        when regexp_full_match({{ parse_text(cell) }}, '{{ day }}({{ time }})?')
            then try_cast({{ parse_text(cell) }} as timestamp)
        when regexp_full_match({{ parse_text(cell) }}, '{{ day }}{{ time }}{{ offset }}')
            then cast(
                try_cast(regexp_replace({{ parse_text(cell) }}, '^(.{16})(Z|[+-])', '\1:00\2') as timestamptz)
                at time zone 'UTC' as timestamp
            )
    end
{%- endmacro %}

{#
    `timestamp` has no zone here, as the profile sets it. Spark folds the constant `typeof` too; it
    reads any number of digits of a fraction and keeps six.
#}
{% macro spark__parse_timestamp(cell) -%}
    {%- set year = '([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)' -%}
    {%- set day = year ~ '-[0-9]{2}-[0-9]{2}' -%}
    {%- set time = '[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?' -%}
    {%- set offset = '(Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?)' -%}
    case
        when typeof({{ cell }}) in ('timestamp_ntz', 'date')
            then cast({{ cell }} as timestamp)
        when {{ parse_text(cell) }} rlike '\\A{{ day }}({{ time }})?\\z'
            then try_cast({{ parse_text(cell) }} as timestamp)
        when {{ parse_text(cell) }} rlike '\\A{{ day }}{{ time }}{{ offset }}\\z'
            then cast(
                try_cast(
                    regexp_replace({{ parse_text(cell) }}, '^(.{16})(Z|[+-])', '$1:00$2') as timestamp_ltz
                ) as timestamp
            )
    end
{%- endmacro %}
