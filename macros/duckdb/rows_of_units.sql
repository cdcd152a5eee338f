{# Conditions of which at most one holds for a row, each of a kind that a scan can make use of. #}
{% macro unit_conditions(units, period=none) -%}
    {%- set conditions = [] -%}
    {%- if units.key -%}
        {%- do conditions.append('hash(' ~ units.key ~ ') in (select key from ' ~ units.table ~ ')') -%}
    {%- elif period is none -%}
        {%- do conditions.append('account_id in (select account_id from ' ~ units.table ~ ')') -%}
    {%- else -%}
        {%- set listed = dates_listed(units.periods) -%}
        {%- set elsewhere = period ~ ' not in (' ~ listed | join(', ') ~ ') and ' if listed else '' -%}
        {%- if listed -%} {%- do conditions.append(period ~ ' in (' ~ listed | join(', ') ~ ')') -%} {%- endif -%}
        {%- if units.accounts -%}
            {%- do conditions.append(
                elsewhere ~ 'account_id in (select account_id from ' ~ units.table ~ ' where period is null)'
            ) -%}
        {%- endif -%}
        {%- if units.pairs -%}
            {#- Dates written out are asked of a scan; whether a pair is affected, only after all else. -#}
            {%- do conditions.append(
                period ~ ' in (' ~ dates_listed(units.pairs) | join(', ') ~ ') and (account_id, ' ~ period
                ~ ') in (select account_id, period from ' ~ units.table
                ~ ' where account_id is not null and period is not null)'
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(conditions or ['false']) }}
{%- endmacro %}

{% macro rows_of_units(table, units, period=none, columns='*') -%}
    {%- set parts = [] -%}
    {%- for condition in unit_conditions(units, period) -%}
        {%- do parts.append('select ' ~ columns ~ ' from ' ~ table ~ ' where ' ~ condition) -%}
    {%- endfor -%}
    {{ return(parts | join(' union all ')) }}
{%- endmacro %}

{% macro dates_listed(periods) -%}
    {%- set listed = [] -%}
    {%- for one in (periods or '').split(',') if one -%}
        {%- do listed.append(one | replace('on ', "date '") ~ "'") -%}
    {%- endfor -%}
    {{ return(listed) }}
{%- endmacro %}
