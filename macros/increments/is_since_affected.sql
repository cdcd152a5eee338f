{#
    The first day of all that an incremental build looks at: said of a column alone, so that a scan can leave out
    what lies before. Which accounts it holds for says the join with those affected.
#}
{% macro is_since_affected(date, days_before=0) -%}
    {%- set affected = ref('int_accounts_affected') -%}
    {%- if is_incremental() -%}
    {{ date }} >= (
        select {{ add_days('min(affected.affected_from)', -days_before) }}
        from {{ affected }} as affected
    )
    {%- else -%} true {%- endif -%}
{%- endmacro %}
