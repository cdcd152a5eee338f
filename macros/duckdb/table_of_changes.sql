{# The tables of DuckDB, made of what changed where a plan says what did; dbt's own otherwise. #}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is none or not existing.is_table or not is_planned() -%}
        {{ return(dbt.materialization_table_duckdb()) }}
    {%- endif -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set plan = changes_read(model.name) -%}
    {%- set made = plan.extent -%}
    {%- if made == 'kept' -%}
        {%- call noop_statement('main', 'KEPT') -%} {{ compiled_code }} {%- endcall -%}
    {%- elif made == 'some' -%}
        {%- set is_counts = plan.made_by == 'counts' -%}
        {%- call statement('main') -%}
            create or replace temporary table {{ model.name }}__anew as
            {{ count_differences(plan, compiled_code) if is_counts else of_affected_units(plan, compiled_code) }}
        {%- endcall -%}
        {%- if is_counts -%}
            {%- do correct_counts(plan, model.name ~ '__anew') -%}
        {%- else -%}
            {%- do replace_units(plan, model.name ~ '__anew') -%}
        {%- endif -%}
    {%- else -%}
        {%- set anew = make_intermediate_relation(existing) -%}
        {{ drop_relation_if_exists(load_cached_relation(anew)) }}
        {%- call statement('main') -%}
            {{ create_table_as(False, anew, compiled_code) }}
        {%- endcall -%}
        {%- do tell_changes(plan, existing, anew) -%}
        {%- do adapter.drop_relation(existing) -%}
        {{ adapter.rename_relation(anew, existing) }}
    {%- endif -%}
    {%- do note_extent(plan.name, plan.extent, made) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [this]}) }}
{% endmaterialization %}
