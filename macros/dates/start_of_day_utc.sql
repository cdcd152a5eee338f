{% macro start_of_day_utc(date_column) -%}
    {{ return(adapter.dispatch('start_of_day_utc')(date_column)) }}
{%- endmacro %}

{% macro default__start_of_day_utc(date_column) -%}
    cast((cast({{ date_column }} as timestamp) at time zone '{{ var("reporting_timezone") }}') at time zone 'UTC' as timestamp)
{%- endmacro %}

{#
    Where clocks go back over midnight there are two of them: Spark would take the first, the other
    engines take the second.
#}
{% macro spark__start_of_day_utc(date_column) -%}
    {%- set zone = var('reporting_timezone') -%}
    {%- set midnight -%} cast({{ date_column }} as timestamp) {%- endset -%}
    {%- set first -%} convert_timezone('{{ zone }}', 'UTC', {{ midnight }}) {%- endset -%}
    case
        when convert_timezone('UTC', '{{ zone }}', {{ first }} + interval 1 hour) = {{ midnight }}
            then {{ first }} + interval 1 hour
        else {{ first }}
    end
{%- endmacro %}
