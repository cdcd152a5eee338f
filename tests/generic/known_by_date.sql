{% test known_by_date(model, known_on, date_column='date') %}

with

rows_from_the_future as (
    select *
    from {{ model }}
    where {{ known_on }} > {{ date_column }}
)

select * from rows_from_the_future

{% endtest %}
