{% macro local_time_utc(date_column, clock_time, time_zone) -%}
    {{ return(adapter.dispatch('local_time_utc')(date_column, clock_time, time_zone)) }}
{%- endmacro %}

{% macro default__local_time_utc(date_column, clock_time, time_zone) -%}
    cast(
        ((cast({{ date_column }} as timestamp) + cast({{ clock_time }} as interval)) at time zone {{ time_zone }})
        at time zone 'UTC' as timestamp
    )
{%- endmacro %}

{#
    Where clocks go back there are two of one time: Spark would take the first, the other engines
    take the second.
#}
{% macro spark__local_time_utc(date_column, clock_time, time_zone) -%}
    {%- set hour -%} cast(substring({{ clock_time }}, 1, 2) as integer) {%- endset -%}
    {%- set minute -%} cast(substring({{ clock_time }}, 4, 2) as integer) {%- endset -%}
    {%- set local_time -%} (cast({{ date_column }} as timestamp) + make_dt_interval(0, {{ hour }}, {{ minute }}, 0)) {%- endset -%}
    {%- set first -%} convert_timezone({{ time_zone }}, 'UTC', {{ local_time }}) {%- endset -%}
    case
        when convert_timezone('UTC', {{ time_zone }}, {{ first }} + interval 1 hour) = {{ local_time }}
            then {{ first }} + interval 1 hour
        else {{ first }}
    end
{%- endmacro %}
