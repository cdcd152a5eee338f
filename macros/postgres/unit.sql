{#
    dbt's own, but for the name of its temporary table: dbt takes the test's name, and the names of
    this project's tests are sentences that are longer than a Postgres identifier may be. And a
    numeric is compared without the zeros at its end, which tell nothing of its value.
#}
{% materialization unit, adapter='postgres' %}
    {%- set short_name = 'unit_' ~ local_md5(model.unique_id) -%}
    {%- set target_relation = this.incorporate(path={'identifier': short_name}, type='table') -%}
    {%- set temp_relation = make_temp_relation(target_relation) -%}
    {%- do run_query(get_create_table_as_sql(True, temp_relation, get_empty_subquery_sql(sql))) -%}

    {%- set types = {} -%}
    {%- set quoted = {} -%}
    {%- set shown = {} -%}
    {%- for column in adapter.get_columns_in_relation(temp_relation) -%}
        {%- set plain = 'trim_scale(' ~ column.quoted ~ ') as ' ~ column.quoted -%}
        {%- do types.update({column.name | lower: column.data_type}) -%}
        {%- do quoted.update({column.name | lower: column.quoted}) -%}
        {%- do shown.update({column.name | lower: plain if column.is_numeric() else column.quoted}) -%}
    {%- endfor -%}

    {%- set expected_rows = config.get('expected_rows') -%}
    {%- set expected_sql = config.get('expected_sql') or get_expected_sql(expected_rows, types, quoted) -%}
    {%- set names = expected_rows[0].keys() if expected_rows else get_columns_in_query(sql) -%}
    {%- set compared = [] -%}
    {%- for name in names -%} {%- do compared.append(shown[name | lower]) -%} {%- endfor -%}

    {% call statement('main', fetch_result=True) -%}
        {{ get_unit_test_sql(sql, expected_sql, compared) }}
    {%- endcall %}

    {%- do adapter.drop_relation(temp_relation) -%}
    {{ return({'relations': []}) }}
{% endmaterialization %}
