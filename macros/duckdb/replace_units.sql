{# Rows of the affected units go and come; what is told further is only what came otherwise. #}
{% macro replace_units(plan, anew) -%}
    {%- set period = made_period(plan) -%}
    {%- if plan.is_read -%}
        {%- do compare_units(
            plan, rows_of_units(plan.relation ~ ' as compared', plan.units, period, told_columns(plan, -1))
            ~ ' union all select ' ~ told_columns(plan, 1) ~ ' from ' ~ anew ~ ' as compared'
        ) -%}
        {%- do keep_former(plan, plan.relation) -%}
    {%- endif -%}
    {%- if plan.extent == 'some' -%}
        {%- for condition in unit_conditions(plan.units, period) -%}
            {%- do run_query('delete from ' ~ plan.relation ~ ' where ' ~ condition) -%}
        {%- endfor -%}
        {%- do run_query('insert into ' ~ plan.relation ~ ' by name select * from ' ~ anew) -%}
    {%- endif -%}
    {%- do run_query('drop table ' ~ anew) -%}
{%- endmacro %}
