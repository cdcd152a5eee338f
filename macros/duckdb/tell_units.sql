{# What an incremental table was made anew of, for the models that read it. #}
{% macro tell_units(units) -%}
    {%- if is_incremental() and is_planned() -%}
    create or replace table changes.{{ this.name }} as {{ units }};
    insert into changes.extents values ('{{ this.name }}', 'some', 'some')
    {%- endif -%}
{%- endmacro %}

{# The dates on which accounts are observed anew, and those that are none any more, of all accounts. #}
{% macro tell_affected_dates() -%}
    {%- set affected, dates = ref('int_account_dates_affected'), ref('int_observation_dates') -%}
    {{ return(tell_units(
        'select account_id, date as period from ' ~ affected ~ ' union all'
        ~ ' select null as account_id, former.date as period from state.observation_dates as former'
        ~ ' where former.date not in (select date from ' ~ dates ~ ')'
    )) }}
{%- endmacro %}

{% macro tell_affected_days() -%}
    {%- set affected = ref('int_login_days_affected') -%}
    {{ return(tell_units('select account_id, login_date as period from ' ~ affected)) }}
{%- endmacro %}

{% macro tell_affected_months() -%}
    {%- set affected = ref('int_months_affected') -%}
    {{ return(tell_units('select cast(null as varchar) as account_id, month as period from ' ~ affected)) }}
{%- endmacro %}
