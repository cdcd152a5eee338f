{#
    Each raw row ends once. Among the rows that pass, the greatest version of a key is staged;
    the last by file and row stands for a version, its repetitions are duplicates.
#}
{% macro row_end(key, version=none) -%}
    {%- set passing = 'reasons is null' -%}
    {%- set last_row = 'source_file desc, source_row_number desc' -%}
    {%- set versions = [version ~ ' desc nulls last'] if version else [] -%}
    {%- set of_key = 'partition by ' ~ key ~ ', ' ~ passing -%}
    {%- set of_version = of_key ~ (', ' ~ version if version else '') -%}
    case
        when reasons is not null then 'quarantined'
        when row_number() over ({{ of_key }} order by {{ (versions + [last_row]) | join(', ') }}) = 1 then 'staged'
        when row_number() over ({{ of_version }} order by {{ last_row }}) > 1 then 'duplicate'
        else 'superseded'
    end
{%- endmacro %}
