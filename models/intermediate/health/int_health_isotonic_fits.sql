with

score_cells as (
    select * from {{ ref('int_health_score_cells') }}
),

running_cells as (
    select
        score_version,
        population,
        horizon_days,
        score_point,
        sum(n_fitted) as n_here,
        sum(churned_fitted) as churned_here,
        sum(sum(n_fitted)) over (
            partition by score_version, population, horizon_days order by score_point
            rows between unbounded preceding and current row
        ) as n_upto,
        sum(sum(churned_fitted)) over (
            partition by score_version, population, horizon_days order by score_point
            rows between unbounded preceding and current row
        ) as churned_upto
    from score_cells
    where n_fitted > 0
    group by score_version, population, horizon_days, score_point
),

blocks as (
    select
        lowest.score_version,
        lowest.population,
        lowest.horizon_days,
        lowest.score_point as from_point,
        highest.score_point as to_point,
        {{ ratio(
            'highest.churned_upto - lowest.churned_upto + lowest.churned_here',
            'highest.n_upto - lowest.n_upto + lowest.n_here'
        ) }} as block_rate
    from running_cells as lowest
    inner join running_cells as highest
        on
            lowest.score_version = highest.score_version
            and lowest.population = highest.population
            and lowest.horizon_days = highest.horizon_days
            and lowest.score_point <= highest.score_point
),

-- The largest rate of the blocks that begin at one point and reach at least to another.
highest_blocks as (
    select
        *,
        max(block_rate) over (
            partition by score_version, population, horizon_days, from_point order by to_point desc
            rows between unbounded preceding and current row
        ) as highest_rate
    from blocks
),

isotonic_fits as (
    select
        ---------- strings
        score_version,
        population,
        ---------- numbers
        horizon_days,
        to_point as score_point,
        cast(min(highest_rate) as {{ double_type() }}) as probability
    from highest_blocks
    group by score_version, population, horizon_days, to_point
)

select * from isotonic_fits
