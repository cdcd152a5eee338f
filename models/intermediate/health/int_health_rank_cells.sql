with

value_counts as (
    select * from {{ ref('int_health_value_counts') }}
),

value_totals as (
    select
        score_version,
        baseline,
        scored_value,
        sum(n_all_90) as n_all,
        sum(n_late_90) as n_late
    from value_counts
    where population = 'no_notice'
    group by score_version, baseline, scored_value
),

running_totals as (
    select
        *,
        1 - n_all + 2 * sum(n_all) over upwards as twice_midrank_all,
        1 - n_late + 2 * sum(n_late) over upwards as twice_midrank_late,
        sum(n_all) over whole as total_all,
        sum(n_late) over whole as total_late
    from value_totals
    window
        whole as (partition by score_version, baseline),
        upwards as (
            partition by score_version, baseline order by scored_value
            rows between unbounded preceding and current row
        )
),

-- A value that no look of a set has counts for nothing in it, and would lie past the last one.
rank_cells as (
    select
        ---------- strings
        score_version,
        baseline,
        ---------- numbers
        scored_value,
        cast(
            {{ whole_quotient(
                '10 * least(twice_midrank_all, 2 * total_all) + total_all - 1', 'nullif(total_all, 0)'
            ) }} as integer
        ) as cell_all,
        cast(
            {{ whole_quotient(
                '10 * least(twice_midrank_late, 2 * total_late) + total_late - 1', 'nullif(total_late, 0)'
            ) }} as integer
        ) as cell_late
    from running_totals
)

select * from rank_cells
