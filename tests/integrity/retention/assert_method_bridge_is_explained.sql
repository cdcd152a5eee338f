with

method_bridge as (
    select * from {{ ref('kpi_method_bridge') }}
),

bridges as (
    select
        month,
        tool,
        metric,
        sum(case when component = 'theirs' then amount end) as theirs,
        sum(case when component <> 'theirs' then amount end) as ours_and_differences,
        max(
            case
                when component = 'unexplained' then abs(numerator) + abs(coalesce(denominator, 0)) + abs(amount)
            end
        ) as unexplained
    from method_bridge
    group by month, tool, metric
),

unexplained_bridges as (
    select *
    from bridges
    where
        coalesce(unexplained, 1) >= 0.00005
        or coalesce(abs(theirs - ours_and_differences), 1) >= 0.00005
)

select * from unexplained_bridges
