{#
    Grouping by a counter would hold millions of keys. Groups of sixteen numbers hold few, and
    are as exact: in each, as many remainders occur as there are rows, or a number repeats.
#}
{% test unique_combination(model, column_names, nullable=[], counter=none) %}

{%- set others = column_names | reject('equalto', counter) | list -%}
{%- set remainders = [] -%}
{%- for remainder in range(16) if counter -%}
    {%- do remainders.append('max(case when mod(' ~ counter ~ ', 16) = ' ~ remainder ~ ' then 1 else 0 end)') -%}
{%- endfor %}

with

counted_rows as (
    select
        {%- for column_name in others %}
        {{ column_name }},
        {%- endfor %}
        {%- if counter %}
        {{ counter }} - mod({{ counter }}, 16) as {{ counter }},
        {%- endif %}
        count(*) as row_count,
        {{ remainders | join('\n        + ') if counter else 1 }} as distinct_rows
    from {{ model }}
    group by {{ others | join(', ') }}{{ ', ' ~ counter ~ ' - mod(' ~ counter ~ ', 16)' if counter }}
),

offending_rows as (
    select *
    from counted_rows
    where
        row_count > distinct_rows
        {%- for column_name in column_names if column_name not in nullable %}
        or {{ column_name }} is null
        {%- endfor %}
)

select * from offending_rows

{% endtest %}
