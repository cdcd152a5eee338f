{#
    A version that came after the as-of date is a future event, unless its key has no known version
    among the rows that pass: then the earliest stands in. Expects `row_reasons`, `is_known_version`.
#}
{% macro reasons_with_versions(key) -%}
    {%- set of_key = 'partition by ' ~ key ~ ', row_reasons is null' -%}
    {%- set has_known = 'max(case when is_known_version then 1 else 0 end) over (' ~ of_key ~ ') = 1' -%}
    {%- set earliest = 'min(updated_at) over (' ~ of_key ~ ')' -%}
    case
        when row_reasons is not null then row_reasons
        when not is_known_version and ({{ has_known }} or updated_at > {{ earliest }})
            then '{{ quarantine_rules() | select("equalto", "future_event") | first }}'
    end
{%- endmacro %}
