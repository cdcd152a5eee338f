{# The units in which two tables differ: their rows are compared by the sum of their checksums. #}
{% macro tell_changes(plan, old, new) -%}
    {%- if not plan.is_read -%}
        {%- set plan.extent = 'some' -%}
    {%- elif plan.told_by is none -%}
        {%- set compared = [] -%}
        {%- for table in (old, new) -%}
            {%- do compared.append('(select (count(*), sum(cast(hash(compared) as hugeint))) from ' ~ table ~ ' as compared)') -%}
        {%- endfor -%}
        {%- set is_same = run_query('select ' ~ compared | join(' = ')).columns[0][0] -%}
        {%- set plan.extent = 'kept' if is_same else 'all' -%}
    {%- else -%}
        {%- do compare_units(
            plan, 'select ' ~ told_columns(plan, -1) ~ ' from ' ~ old ~ ' as compared'
            ~ ' union all select ' ~ told_columns(plan, 1) ~ ' from ' ~ new ~ ' as compared'
        ) -%}
        {%- do keep_former(plan, old) -%}
    {%- endif -%}
{%- endmacro %}

{% macro told_columns(plan, sign) -%}
    {{ return(
        ('account_id' if plan.has_account else 'cast(null as varchar)') ~ ' as account_id, '
        ~ ('cast(' ~ plan.period ~ ' as date)' if plan.period is not none else 'cast(null as date)') ~ ' as period, '
        ~ sign ~ ' as sign, cast(hash(compared) as hugeint) as checksum'
    ) }}
{%- endmacro %}

{% macro compare_units(plan, rows) -%}
    {%- do run_query(
        'create or replace table changes.' ~ plan.name ~ ' as select account_id, period from (' ~ rows
        ~ ') group by account_id, period having sum(sign) <> 0 or sum(sign * checksum) <> 0'
    ) -%}
    {%- set changed = run_query('select count(*) from changes.' ~ plan.name).columns[0][0] -%}
    {%- set plan.extent = 'some' if changed > 0 else 'kept' -%}
{%- endmacro %}
