{#
    The lower bound is written as the product of both bounds over the upper one, so that no
    difference of nearly equal numbers is taken: it is exactly 0 without successes. The upper bound
    is what the lower one of the failures leaves.
#}
{% macro wilson_bound(successes, trials, side='lower') -%}
    {%- set z = 1.959963984540054 -%}
    {%- if side == 'upper' -%}
    cast(1 - {{ wilson_bound(trials ~ ' - ' ~ successes, trials) }} as {{ double_type() }})
    {%- else -%}
    {%- set hits -%} cast({{ successes }} as {{ double_type() }}) {%- endset -%}
    {%- set misses -%} ({{ trials }} - ({{ successes }})) {%- endset -%}
    {{ ratio(
        ratio(hits ~ ' * ' ~ hits, trials),
        hits ~ ' + ' ~ z * z / 2 ~ ' + ' ~ z ~ ' * sqrt('
        ~ ratio(hits ~ ' * ' ~ misses, trials) ~ ' + ' ~ z * z / 4 ~ ')'
    ) }}
    {%- endif -%}
{%- endmacro %}
