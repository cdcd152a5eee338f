with

isotonic_fits as (
    select * from {{ ref('int_health_isotonic_fits') }}
),

point_numbers as (
    {{ dbt.generate_series(101) }}
),

fitted_groups as (
    select distinct
        score_version,
        population,
        horizon_days
    from isotonic_fits
),

neighbours as (
    select
        fitted_groups.score_version,
        fitted_groups.population,
        fitted_groups.horizon_days,
        point_numbers.generated_number - 1 as score_point,
        max(isotonic_fits.score_point) over (
            partition by fitted_groups.score_version, fitted_groups.population, fitted_groups.horizon_days
            order by point_numbers.generated_number
            rows between unbounded preceding and current row
        ) as point_below,
        min(isotonic_fits.score_point) over (
            partition by fitted_groups.score_version, fitted_groups.population, fitted_groups.horizon_days
            order by point_numbers.generated_number desc
            rows between unbounded preceding and current row
        ) as point_above
    from fitted_groups
    cross join point_numbers
    left join isotonic_fits
        on
            fitted_groups.score_version = isotonic_fits.score_version
            and fitted_groups.population = isotonic_fits.population
            and fitted_groups.horizon_days = isotonic_fits.horizon_days
            and point_numbers.generated_number - 1 = isotonic_fits.score_point
),

neighbouring_fits as (
    select
        neighbours.*,
        below.probability as probability_below,
        above.probability as probability_above
    from neighbours
    left join isotonic_fits as below
        on
            neighbours.score_version = below.score_version
            and neighbours.population = below.population
            and neighbours.horizon_days = below.horizon_days
            and neighbours.point_below = below.score_point
    left join isotonic_fits as above
        on
            neighbours.score_version = above.score_version
            and neighbours.population = above.population
            and neighbours.horizon_days = above.horizon_days
            and neighbours.point_above = above.score_point
),

-- A point that no earlier observation had lies on the line between its neighbours.
probabilities as (
    select
        ---------- strings
        score_version,
        population,
        ---------- numbers
        horizon_days,
        cast(score_point as integer) as score_point,
        cast(
            coalesce(
                probability_below + (probability_above - probability_below)
                * {{ ratio('score_point - point_below', 'point_above - point_below') }},
                probability_below,
                probability_above
            ) as {{ double_type() }}
        ) as probability
    from neighbouring_fits
)

select * from probabilities
