{% test values_in_range(model, column_names, min_value=none, max_value=none) %}

with

out_of_range_counts as (
    select
        {%- for column_name in column_names %}
        {%- set limits = [] -%}
        {%- if min_value is not none -%} {%- do limits.append(column_name ~ ' < ' ~ min_value) -%} {%- endif -%}
        {%- if max_value is not none -%} {%- do limits.append(column_name ~ ' > ' ~ max_value) -%} {%- endif %}
        count(case when {{ limits | join(' or ') }} then 1 end) as {{ column_name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
),

offending_columns as (
    {%- for column_name in column_names %}
    select
        '{{ column_name }}' as column_name,
        {{ column_name }} as rows_out_of_range
    from out_of_range_counts
    where {{ column_name }} > 0
    {{- '\n\n    union all\n' if not loop.last }}
    {%- endfor %}
)

select * from offending_columns

{% endtest %}
