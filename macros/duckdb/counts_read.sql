{#
    Counts over the rows of accounts and observation dates: those of the changed ones are taken away as they
    were and added as they are. Their former rows are kept by the tables that were made before.
#}
{% macro counts_read(plan, rows) -%}
    {%- set plan.counted = [] -%}
    {%- for relation, _, _, _, root, has_account, told_by, extent, parent, period, root_relation, is_view in rows -%}
        {%- set text = view_text(parent) if is_view else none -%}
        {%- set named = root_relation | replace('"', '') ~ ')' -%}
        {#- Of a view only one table can be replaced, and only one that the view itself names. -#}
        {%- set is_of_units = has_account and told_by == 'observation'
            and relation not in plan.counted | map(attribute='relation') and (text is none or named in text) -%}
        {%- if is_of_units -%}
            {%- do plan.counted.append({
                'relation': relation, 'root': root, 'root_relation': root_relation, 'period': period,
                'view': text, 'named': named, 'has_changed': extent == 'some'
            }) -%}
        {%- endif -%}
        {%- if extent == 'all' or (extent == 'some' and not is_of_units) -%}
            {%- set plan.extent = 'all' -%}
        {%- elif extent == 'some' -%}
            {%- set plan.extent = 'all' if plan.extent == 'all' else 'some' -%}
            {%- do plan.affected.append('select account_id, period from changes.' ~ root) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if plan.extent == 'some' -%} {%- do note_affected(plan) -%} {%- endif -%}
{%- endmacro %}

{% macro view_text(name) -%}
    {%- set text = run_query("select sql from duckdb_views() where view_name = '" ~ name ~ "'").columns[0][0] -%}
    {{ return(text[text.index(' AS ') + 4:].strip().rstrip(';')) }}
{%- endmacro %}

{# Rows that go are told apart from those that stay: a table keeps what its changed units held before. #}
{% macro keep_former(plan, table) -%}
    {%- if plan.is_counted and plan.extent == 'some' -%}
        {%- do run_query(
            'create or replace table changes.' ~ plan.name ~ '__former as select former.* from ' ~ table
            ~ ' as former semi join changes.' ~ plan.name ~ ' as told on former.account_id = told.account_id and former.' ~ plan.period ~ ' = told.period'
        ) -%}
    {%- endif -%}
{%- endmacro %}

{# A group without counts is no row, and no difference is one that is left out. #}
{% macro counted(rows) -%}
    {%- set columns, some = [], [] -%}
    {%- for column in adapter.get_columns_in_relation(this) -%}
        {%- if column.name in model.config.meta.counts -%}
            {%- do columns.append('cast(sum(' ~ column.name ~ ') as ' ~ column.dtype ~ ') as ' ~ column.name) -%}
            {%- do some.append('sum(' ~ column.name ~ ') <> 0') -%}
        {%- else -%}
            {%- do columns.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(
        'select ' ~ columns | join(', ') ~ ' from (' ~ rows ~ ') group by all having ' ~ some | join(' or ')
    ) }}
{%- endmacro %}

{% macro count_differences(plan, sql) -%}
    {%- set taken = [] -%}
    {%- for name in model.config.meta.counts -%} {%- do taken.append('-' ~ name ~ ' as ' ~ name) -%} {%- endfor -%}
    {{ return(counted(
        'select * from (' ~ of_counted_rows(plan, sql, false) ~ ') union all by name select * replace ('
        ~ taken | join(', ') ~ ') from (' ~ of_counted_rows(plan, sql, true) ~ ')'
    )) }}
{%- endmacro %}

{% macro correct_counts(plan, differences) -%}
    {%- set found = run_query('select count(*) from ' ~ differences).columns[0][0] -%}
    {%- set plan.extent = 'all' if found > 0 else 'kept' -%}
    {%- if found > 0 -%}
        {%- set same = [] -%}
        {%- for name in model.columns if name not in model.config.meta.counts -%}
            {%- do same.append('counted.' ~ name ~ ' is not distinct from differences.' ~ name) -%}
        {%- endfor -%}
        {%- set groups = plan.relation ~ ' as counted semi join ' ~ differences ~ ' as differences on '
            ~ same | join(' and ') -%}
        {%- set corrected = differences ~ '__corrected' -%}
        {%- do run_query(
            'create or replace temporary table ' ~ corrected ~ ' as '
            ~ counted('select counted.* from ' ~ groups ~ ' union all by name select * from ' ~ differences)
        ) -%}
        {%- do run_query(
            'delete from ' ~ plan.relation ~ ' where rowid in (select counted.rowid from ' ~ groups ~ ')'
        ) -%}
        {%- do run_query('insert into ' ~ plan.relation ~ ' by name select * from ' ~ corrected) -%}
        {%- do run_query('drop table ' ~ corrected) -%}
    {%- endif -%}
    {%- do run_query('drop table ' ~ differences) -%}
{%- endmacro %}

{% macro of_counted_rows(plan, sql, is_former) -%}
    {%- set cut = namespace(sql=sql) -%}
    {%- for read in plan.counted -%}
        {%- set rows = rows_of_units(read.root_relation, plan.units, read.period) -%}
        {%- if is_former and read.has_changed -%}
            {%- set rows = 'select * from (' ~ rows ~ ') as present anti join changes.' ~ read.root
                ~ ' as told on present.account_id = told.account_id and present.' ~ read.period
                ~ ' = told.period union all by name select * from changes.' ~ read.root ~ '__former' -%}
        {%- endif -%}
        {%- set rows = '(' ~ rows ~ ')' -%}
        {%- if read.view -%}
            {%- set rows = '(' ~ read.view | replace(read.named, rows ~ ')') ~ ')' -%}
        {%- endif -%}
        {%- set cut.sql = cut.sql | replace(read.relation, rows) -%}
    {%- endfor -%}
    {{ return(cut.sql) }}
{%- endmacro %}
