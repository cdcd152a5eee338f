with

group_cells as (
    select * from {{ ref('int_health_group_cells') }}
),

weights as (
    select * from {{ ref('int_bootstrap_weights') }}
),

drawn_cells as (
    select
        group_cells.score_version,
        group_cells.baseline,
        group_cells.date_set,
        weights.replicate,
        group_cells.rank_cell,
        cast(sum(weights.drawn_times * group_cells.churned) as bigint) as churned,
        cast(sum(weights.drawn_times * (group_cells.n - group_cells.churned)) as bigint) as stayed
    from group_cells
    inner join weights
        on group_cells.account_group = weights.account_group
    group by
        group_cells.score_version,
        group_cells.baseline,
        group_cells.date_set,
        weights.replicate,
        group_cells.rank_cell
),

running_cells as (
    select
        *,
        2 * sum(stayed) over (
            partition by score_version, baseline, date_set, replicate order by rank_cell
            rows between unbounded preceding and current row
        ) - stayed as twice_stayed_below
    from drawn_cells
),

replicates as (
    select
        score_version,
        baseline,
        date_set,
        {{ ratio(
            '2 * sum(stayed) * sum(churned) - sum(churned * twice_stayed_below)', '2 * sum(stayed) * sum(churned)'
        ) }} as auc
    from running_cells
    group by score_version, baseline, date_set, replicate
),

auc_spreads as (
    select
        ---------- strings
        score_version,
        baseline,
        date_set,
        ---------- numbers
        cast(count(auc) as integer) as replicates,
        {{ health_settled('stddev_samp(auc)') }} as auc_deviation
    from replicates
    group by score_version, baseline, date_set
)

select * from auc_spreads
