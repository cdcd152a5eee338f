{#
    The units to be made anew, and those to be read for it. Where a third of a model would have to be
    made anew, all of it costs less.
#}
{% macro note_affected(plan) -%}
    {%- set back = plan.looks_back_days -%}
    {%- set told = plan.affected | join(' union all ') -%}
    {%- set later = ' union all select account_id, cast(period + ' ~ back ~ ' as date) from told' if back else '' -%}
    {%- set before = ' union all select account_id, cast(period - ' ~ back ~ ' as date) from affected' if back else '' -%}
    {%- set plan.units = settle_units(
        plan.name ~ '__affected', 'with told as (' ~ told ~ ') select account_id, period from told' ~ later
    ) -%}
    {%- set plan.read_units = plan.units -%}
    {%- if back and plan.units -%}
        {%- set plan.read_units = settle_units(
            plan.name ~ '__read',
            'with affected as (from changes.' ~ plan.name ~ '__affected) select account_id, period from affected' ~ before
        ) -%}
    {%- endif -%}
    {%- if not plan.units or not plan.read_units -%} {%- set plan.extent = 'all' -%} {%- endif -%}
{%- endmacro %}

{#
    Units without overlap: whole periods, then whole accounts, then single accounts and periods. A period
    of which a third of the accounts is affected is taken whole. None when it would be too much.
#}
{% macro settle_units(name, told) -%}
    {%- do run_query(
        'create or replace table changes.' ~ name ~ ' as
        with
        told as (select distinct account_id, period from (' ~ told ~ ')),
        known as (select count(*) / 3 as many from state.accounts),
        periods as (
            select period from told cross join known where period is not null
            group by period, many having count(*) > many or count(account_id) < count(*)
        ),
        accounts as (select account_id from told where period is null)
        select cast(null as varchar) as account_id, period from periods
        union all
        select account_id, cast(null as date) from accounts
        union all
        select account_id, period from told
        where
            account_id is not null
            and period is not null
            and period not in (select period from periods)
            and account_id not in (select account_id from accounts where account_id is not null)'
    ) -%}
    {%- set counts = run_query(
        'select
            count(*) filter (where account_id is not null and period is null),
            count(*) filter (where account_id is not null and period is not null),
            count(*) filter (where account_id is null and period is null),
            (select count(*) / 3 from state.accounts),
            ' ~ "string_agg('on ' || cast(period as varchar), ',' order by period)" ~ '
                filter (where account_id is null and period is not null),
            ' ~ "string_agg(distinct 'on ' || cast(period as varchar), ',')" ~ '
                filter (where account_id is not null and period is not null)
        from changes.' ~ name
    ).rows[0] -%}
    {%- if counts[2] > 0 or counts[0] > counts[3] -%} {{ return(none) }} {%- endif -%}
    {{ return({'table': 'changes.' ~ name, 'accounts': counts[0] > 0, 'pairs': counts[5], 'periods': counts[4]}) }}
{%- endmacro %}
