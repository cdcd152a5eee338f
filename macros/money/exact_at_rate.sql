{#
    The sum of the units of 0.0001 and both fractions, times the rate, is whole in units of 10^-12 but for
    what the two divisions leave. What is left decides no rounding to 4 decimals by its size, only
    by being there: half a unit in its direction stands for it. Nearly always both fractions are 0.
#}
{% macro exact_at_rate(
    local_units, first_numerator, first_denominator, second_numerator, second_denominator, rate
) -%}
    {%- set first -%} ({{ first_numerator }}) * {{ scaled(rate, 8) }} {%- endset -%}
    {%- set second -%} ({{ second_numerator }}) * {{ scaled(rate, 8) }} {%- endset -%}
    {%- set both_denominators -%} ({{ first_denominator }}) * ({{ second_denominator }}) {%- endset -%}
    {%- set left_over -%}
        mod({{ first }}, {{ first_denominator }}) * ({{ second_denominator }})
        + mod({{ second }}, {{ second_denominator }}) * ({{ first_denominator }})
    {%- endset -%}
    {%- set half_units -%}
        (
            2 * (
                ({{ local_units }}) * {{ scaled(rate, 8) }}
                + {{ whole_quotient(first, first_denominator) }}
                + {{ whole_quotient(second, second_denominator) }}
                + {{ whole_quotient(left_over, both_denominators) }}
            )
            + cast(sign(mod({{ left_over }}, {{ both_denominators }})) as integer)
        )
    {%- endset -%}
    case
        when ({{ first_numerator }}) = 0 and ({{ second_numerator }}) = 0
            then {{ at_rate('cast(' ~ local_units ~ ' as decimal(18, 0)) * cast(0.0001 as decimal(5, 4))', rate) }}
        else cast(
            cast(
                cast(sign({{ half_units }}) as integer)
                * {{ whole_quotient('abs(' ~ half_units ~ ') + 100000000', '200000000') }}
                as decimal(22, 0)
            )
            * cast(0.0001 as decimal(5, 4))
            as decimal(18, 4)
        )
    end
{%- endmacro %}
