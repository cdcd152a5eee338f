with

totals as (
    select * from {{ ref('int_kpi_totals') }}
),

catalogue as (
    select * from {{ ref('kpi_catalog') }}
),

months as (
    select * from {{ ref('int_months') }}
),

kpi_terms as (
    select
        catalogue.kpi_id,
        catalogue.denominator_formula is not null as is_quotient,
        totals.month,
        totals.dimension,
        totals.dimension_value,
        totals.version,
        coalesce(
            {{ kpi_numerator('catalogue.kpi_id', 'totals') }},
            {{ kpi_distinct_numerator('catalogue.kpi_id', 'totals') }}
        ) as numerator,
        coalesce(
            {{ kpi_denominator('catalogue.kpi_id', 'totals') }},
            {{ kpi_distinct_denominator('catalogue.kpi_id', 'totals') }}
        ) as denominator,
        case catalogue.kpi_id
            when 'first_response_hours_median' then totals.first_response_hours_median
            when 'resolution_hours_median' then totals.resolution_hours_median
            when 'first_response_business_hours_median' then totals.first_response_business_hours_median
            when 'resolution_business_hours_median' then totals.resolution_business_hours_median
            when 'first_response_hours_km_median' then totals.first_response_hours_km_median
            when 'resolution_hours_km_median' then totals.resolution_hours_km_median
            when 'days_from_signal_median' then totals.days_from_signal_median
            when 'time_to_first_value_days_median' then totals.time_to_first_value_days_median
            when 'time_to_first_value_days_km_median' then totals.time_to_first_value_days_km_median
        end as median_value
    from totals
    cross join catalogue
),

known_values as (
    select
        ---------- ids
        kpi_terms.kpi_id,
        ---------- strings
        kpi_terms.dimension,
        kpi_terms.dimension_value,
        kpi_terms.version,
        ---------- numbers
        {{ money('kpi_terms.numerator') }} as numerator,
        {{ money('kpi_terms.denominator') }} as denominator,
        cast(
            case
                when kpi_terms.is_quotient then {{ ratio('kpi_terms.numerator', 'kpi_terms.denominator') }}
                else coalesce(cast(kpi_terms.numerator as {{ double_type() }}), kpi_terms.median_value)
            end as {{ double_type() }}
        ) as value,
        ---------- booleans
        coalesce(months.is_complete, false) as is_complete,
        coalesce(months.is_final, false) as is_final,
        ---------- dates
        kpi_terms.month
    from kpi_terms
    left join months
        on kpi_terms.month = months.month
    where
        kpi_terms.numerator is not null
        or kpi_terms.median_value is not null
)

select * from known_values
