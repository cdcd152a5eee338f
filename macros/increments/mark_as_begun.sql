{# Whoever ran dbt without publishing has moved the incremental tables on: see docs/incremental.md. #}
{% macro mark_as_begun() -%}
    {%- if flags.WHICH in ('build', 'run') and target.type != 'spark' -%}
    insert into state.unpublished values ('{{ invocation_id }}')
    {%- endif -%}
{%- endmacro %}
