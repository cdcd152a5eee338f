{# One branch per component: long rows are a view, and no figure is worked out from them. #}
{% macro health_component_facts(facts) -%}
    {%- for component_id in health_component_ids() %}
    select
        account_id,
        date,
        cast('{{ component_id }}' as {{ text_type() }}) as component_id,
        cast('{{ health_component_sources()[component_id] }}' as {{ text_type() }}) as source,
        {{ component_id }} as raw_value,
        {{ component_id }}_applies as applies,
        {{ component_id }}_on as known_on
    from {{ facts }}
    {{- '\n\n    union all\n' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
