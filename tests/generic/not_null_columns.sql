{% test not_null_columns(model, column_names) %}

with

null_counts as (
    select
        {%- for column_name in column_names %}
        count(*) - count({{ column_name }}) as {{ column_name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
),

offending_columns as (
    {%- for column_name in column_names %}
    select
        '{{ column_name }}' as column_name,
        {{ column_name }} as null_rows
    from null_counts
    where {{ column_name }} > 0
    {{- '\n\n    union all\n' if not loop.last }}
    {%- endfor %}
)

select * from offending_columns

{% endtest %}
