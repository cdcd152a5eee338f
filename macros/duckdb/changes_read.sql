{#
    How far what a model reads has changed, and so how much of it has to be made anew: none of it, some
    of its units (accounts, or accounts and periods), or all of it. A row that names no account stands
    for all accounts, one that names no period for all periods.
#}
{% macro changes_read(name) -%}
    {%- set node = run_query(
        "select relation, cast(has_account as boolean), made_by, told_by, period, looks_back_days, key,
            exists (select 1 from changes.reads where root = '" ~ name ~ "'),
            exists (
                select 1 from changes.reads inner join changes.nodes as readers on reads.model = readers.name
                where reads.root = '" ~ name ~ "' and readers.made_by = 'counts'
            )
        from changes.nodes where name = '" ~ name ~ "'"
    ).rows[0] -%}
    {%- set plan = namespace(
        name=name, relation=node[0], has_account=node[1], made_by=node[2], told_by=node[3], period=node[4],
        looks_back_days=node[5], key=node[6], is_read=node[7], is_counted=node[8],
        extent='all' if node[2] == 'always' else 'kept', affected=[], parents={}, dated={}
    ) -%}
    {%- set rows = run_query(
        "select
            parents.relation, cast(parents.has_account as boolean), parents.told_by, parents.period,
            roots.name, cast(roots.has_account as boolean), roots.told_by, coalesce(extents.extent, 'all'),
            parents.name, roots.period, roots.relation, parents.kind = 'view'
        from changes.reads
        inner join changes.nodes as parents on reads.parent = parents.name
        inner join changes.nodes as roots on reads.root = roots.name
        left join changes.extents on reads.root = extents.name
        where reads.model = '" ~ name ~ "'
        order by parents.name, roots.name"
    ).rows if plan.extent == 'kept' else [] -%}
    {%- if plan.made_by == 'key' -%}
        {%- do keys_read(plan, rows) -%}
        {{ return(plan) }}
    {%- elif plan.made_by == 'counts' -%}
        {%- do counts_read(plan, rows) -%}
        {{ return(plan) }}
    {%- endif -%}
    {%- for relation, has_account, told_by, period, root, root_has_account, root_told_by, extent, parent, root_period, _, _ in rows -%}
        {%- set told = told_of(root, parent, extent) -%}
        {%- set extent = 'kept' if told is none else extent -%}
        {%- set is_parent_aligned = plan.made_by != 'account' and told_by == plan.made_by -%}
        {#- What a view gathers over periods reaches other ones than those of the table that it reads. -#}
        {%- set is_aligned = is_parent_aligned and root_told_by == plan.made_by -%}
        {%- set is_read_back = parent in (model.config.meta.reaches_later or []) -%}
        {%- set is_later = is_read_back and root_period is not none -%}
        {%- set is_of_users = root == 'int_users_current' and model.config.meta.reached_by_users is defined -%}
        {#- A parent without accounts cannot be cut to some of them; one of all periods, or with people of all
            accounts, is read whole. -#}
        {%- if not is_of_users and ((has_account and plan.has_account) or (is_parent_aligned and not plan.has_account)) -%}
            {%- do plan.parents.update({relation: period if is_parent_aligned and not is_read_back else none}) -%}
        {%- elif is_parent_aligned and parent in (model.config.meta.reads_own_of or []) -%}
            {%- do plan.dated.update({relation: period}) -%}
        {%- endif -%}
        {%- if extent == 'all' and root == 'int_as_of' and model.config.meta.reached_by_date -%}
            {%- set plan.extent = 'all' if plan.extent == 'all' else 'some' -%}
            {%- do reached_by_date(plan) -%}
        {%- elif extent == 'some' and is_of_users -%}
            {%- set plan.extent = 'all' if plan.extent == 'all' else 'some' -%}
            {%- do reached_by_users(plan, told) -%}
        {%- elif extent == 'all' or (extent == 'some' and not (is_aligned or is_later) and not (has_account and root_has_account and plan.has_account)) -%}
            {%- set plan.extent = 'all' -%}
        {%- elif extent == 'some' -%}
            {%- set plan.extent = 'all' if plan.extent == 'all' else 'some' -%}
            {%- set account = 'account_id' if plan.has_account else 'cast(null as varchar)' -%}
            {%- do plan.affected.append(
                later_units(plan, account, told) if is_later
                else 'select ' ~ account ~ ' as account_id, ' ~ ('period' if is_aligned else 'cast(null as date)')
                ~ ' as period from ' ~ told
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if plan.extent == 'some' and plan.made_by is none -%} {%- set plan.extent = 'all' -%} {%- endif -%}
    {%- if plan.extent == 'some' -%} {%- do note_affected(plan) -%} {%- endif -%}
    {{ return(plan) }}
{%- endmacro %}
