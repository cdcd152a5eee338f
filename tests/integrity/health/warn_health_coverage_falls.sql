with

scores as (
    select * from {{ ref('fct_health_score') }}
),

coverages as (
    select
        date,
        {{ ratio('sum(coverage)', 'count(coverage)') }} as mean_coverage,
        max(date) over () as last_date
    from scores
    where {{ is_sunday('date') }}
    group by date
),

fallen_coverage as (
    select
        last_coverage.date,
        last_coverage.mean_coverage,
        former_coverage.mean_coverage as former_mean_coverage
    from coverages as last_coverage
    inner join coverages as former_coverage
        on
            last_coverage.date = last_coverage.last_date
            and former_coverage.date = {{ add_days('last_coverage.date', -91) }}
    where former_coverage.mean_coverage - last_coverage.mean_coverage >= 0.1
)

select * from fallen_coverage
