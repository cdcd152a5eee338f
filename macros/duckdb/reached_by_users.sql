{#
    People act in accounts that are not theirs. `reached_by_users` of a model's `meta` says in which column of a
    table that it reads they are named: the accounts of rows of people who came, went or changed are made anew.
#}
{% macro reached_by_users(plan, told) -%}
    {%- set accounts = 'account_id in (select account_id from ' ~ told ~ ')' -%}
    {%- set users = 'select user_id from ' ~ relation_told('int_users_current')[0] ~ ' where ' ~ accounts
        ~ ' union all select user_id from state.users where ' ~ accounts -%}
    {%- for parent, column in model.config.meta.reached_by_users.items() -%}
        {%- do plan.affected.append(
            'select account_id, cast(null as date) as period from ' ~ relation_told(parent)[0]
            ~ ' where ' ~ column ~ ' in (' ~ users ~ ')'
        ) -%}
    {%- endfor -%}
{%- endmacro %}
