{# The earlier of two days that differ, an empty one being never; never when they are the same. #}
{% macro first_difference(date_column, other_date_column) -%}
    case
        when coalesce({{ date_column }}, {{ far_future() }}) <> coalesce({{ other_date_column }}, {{ far_future() }})
            then least(coalesce({{ date_column }}, {{ far_future() }}), coalesce({{ other_date_column }}, {{ far_future() }}))
        else {{ far_future() }}
    end
{%- endmacro %}
