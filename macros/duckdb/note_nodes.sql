{# Views have no rows of their own: whoever reads one reads what it reads. #}
{% macro note_nodes() -%}
    {%- set nodes, edges = [], [] -%}
    {%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed') -%}
        {%- do nodes.append(changing_node(node, node.name)) -%}
        {%- for parent in node.depends_on.nodes -%}
            {%- set parts = parent.split('.') -%}
            {%- do edges.append("('" ~ node.name ~ "', '" ~ parts[2:] | join('.') ~ "')") -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for source in graph.sources.values() -%}
        {%- do nodes.append(changing_node(source, source.source_name ~ '.' ~ source.name)) -%}
    {%- endfor -%}
    {%- do run_query(
        'create table changes.nodes as select * from (values ' ~ nodes | join(', ') ~ ')'
        ~ ' as nodes (name, relation, kind, has_account, made_by, told_by, period, looks_back_days, key)'
    ) -%}
    {%- do run_query(
        'create table changes.edges as select * from (values ' ~ edges | join(', ') ~ ') as edges (child, parent)'
    ) -%}
    {%- do run_query(
        "create table changes.reads as
        with recursive walked as (
            select edges.child as model, edges.parent, edges.parent as root
            from changes.edges
            union all
            select walked.model, walked.parent, edges.parent as root
            from walked
            inner join changes.nodes on walked.root = nodes.name and nodes.kind = 'view'
            inner join changes.edges on walked.root = edges.child
        )
        select distinct walked.model, walked.parent, walked.root
        from walked
        inner join changes.nodes on walked.root = nodes.name and nodes.kind <> 'view'"
    ) -%}
    {%- do run_query(
        "create table changes.extents as
        select name, 'kept' as extent, cast(null as varchar) as made from changes.nodes where kind = 'seed'
        union all
        select 'raw.' || source, 'kept', null from changes.sources where new_files = []"
    ) -%}
{%- endmacro %}

{% macro changing_node(node, name) -%}
    {%- set meta = node.config.meta -%}
    {%- set has_account = 'account_id' in node.columns -%}
    {%- set made_by = meta.made_by if meta.made_by != 'whole' and (has_account or meta.made_by != 'account') else none -%}
    {%- set told_by = meta.told_by or (made_by if made_by not in ('always', 'key', 'counts')) or ('account' if has_account else none) -%}
    {%- set periods = {'observation': 'date', 'month': 'month', 'login_day': 'login_date', 'cohort': 'created_month'} -%}
    {%- set period = meta.period or periods.get(told_by) -%}
    {%- set kind = node.config.materialized if node.resource_type == 'model' else node.resource_type -%}
    {%- set values = [] -%}
    {%- for value in (name, node.relation_name, kind, has_account, made_by, told_by, period, meta.looks_back_days, meta.key) -%}
        {%- if value is none or value is undefined -%} {%- do values.append('null') -%}
        {%- else -%} {%- do values.append("'" ~ value | string | replace("'", "''") ~ "'") -%} {%- endif -%}
    {%- endfor -%}
    {{ return('(' ~ values | join(', ') ~ ')') }}
{%- endmacro %}
