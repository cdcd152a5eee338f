{#
    The keys of which a raw row may end otherwise than it did: those found in a new file, in a row that was
    still to come, or in one of an account that is not what it was. Of two rows with one key only one is
    staged, so they are asked about together; a checksum of the key that two share asks about one too many.
#}
{% macro keys_read(plan, rows) -%}
    {%- set key, found = 'hash(' ~ plan.key ~ ') as key', [] -%}
    {%- set plan.new_files = [] -%}
    {%- for relation, _, _, _, root, root_has_account, _, extent, _, _, _, _ in rows -%}
        {%- if root.startswith('raw.') -%}
            {%- set plan.staged = relation -%}
            {%- if extent != 'kept' -%}
                {%- do plan.new_files.extend(new_files_of(root)) -%}
                {%- do found.append('select ' ~ key ~ ' from ' ~ relation ~ ' where ' ~ is_of_new_file(plan)) -%}
            {%- endif -%}
        {%- elif root == 'int_as_of' and extent != 'kept' -%}
            {%- for flag in ('is_future_event', 'not is_known_version') if flag.split(' ')[-1] in model.columns -%}
                {%- do found.append('select ' ~ key ~ ' from ' ~ plan.relation ~ ' where ' ~ flag) -%}
            {%- endfor -%}
        {%- elif extent == 'some' and root_has_account -%}
            {%- do found.append(
                'select ' ~ key ~ ' from ' ~ plan.relation
                ~ ' where account_id in (select account_id from changes.' ~ root ~ ')'
            ) -%}
        {%- elif extent != 'kept' -%}
            {%- set plan.extent = 'all' -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if found and plan.extent == 'kept' -%} {%- do note_keys(plan, found | join(' union all ')) -%} {%- endif -%}
{%- endmacro %}

{% macro note_keys(plan, found) -%}
    {%- set table = 'changes.' ~ plan.name ~ '__keys' -%}
    {%- do run_query('create or replace table ' ~ table ~ ' as select distinct key from (' ~ found ~ ')') -%}
    {%- set counts = run_query(
        'select count(*), (select count(*) / 3 from ' ~ plan.relation ~ ') from ' ~ table
    ).rows[0] -%}
    {%- set plan.units = {'table': table, 'key': plan.key} -%}
    {%- set plan.extent = 'all' if counts[0] > counts[1] else 'some' if counts[0] > 0 else 'kept' -%}
{%- endmacro %}

{% macro new_files_of(root) -%}
    {{ return(
        run_query("select unnest(new_files) from changes.sources where 'raw.' || source = '" ~ root ~ "'")
        .columns[0].values() | list
    ) }}
{%- endmacro %}

{% macro is_of_new_file(plan) -%}
    {%- set files = [] -%}
    {%- for file in plan.new_files -%} {%- do files.append("'" ~ file | replace("'", "''") ~ "'") -%} {%- endfor -%}
    {{ return('source_file in (' ~ files | join(', ') ~ ')' if files else 'false') }}
{%- endmacro %}

{#
    The rows of affected keys as staging gives them: kept ones from the table, others from new files. Texts
    that a table does not keep, of messages for instance, are null in the former; no check asks for them.
#}
{% macro rows_of_keys(plan) -%}
    {%- set columns = [] -%}
    {%- for column in run_query('select * from ' ~ plan.staged ~ ' limit 0').column_names if column in model.columns -%}
        {%- do columns.append(column) -%}
    {%- endfor -%}
    {%- set kept = rows_of_units(plan.relation, plan.units, columns=columns | join(', ')) -%}
    {%- set new = 'select * from ' ~ plan.staged ~ ' where ' ~ is_of_new_file(plan) -%}
    {{ return(new ~ ' union all by name ' ~ kept) }}
{%- endmacro %}
