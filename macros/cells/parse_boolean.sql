{% macro parse_boolean(cell) -%}
    case
        when lower({{ parse_text(cell) }}) in ('true', '1') then true
        when lower({{ parse_text(cell) }}) in ('false', '0') then false
    end
{%- endmacro %}
