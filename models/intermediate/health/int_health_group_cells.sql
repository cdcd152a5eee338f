with

observations as (
    select * from {{ ref('int_health_valued_observations') }}
),

rank_cells as (
    select * from {{ ref('int_health_rank_cells') }}
),

placed_observations as (
    select
        observations.score_version,
        observations.baseline,
        observations.account_group,
        rank_cells.cell_all,
        rank_cells.cell_late,
        observations.churned_all_90,
        observations.churned_late_90
    from observations
    inner join rank_cells
        on
            observations.score_version = rank_cells.score_version
            and observations.baseline = rank_cells.baseline
            and observations.scored_value = rank_cells.scored_value
    where
        observations.population = 'no_notice'
        and observations.churned_all_90 is not null
),

observations_by_date_set as (
    select
        score_version,
        baseline,
        account_group,
        'all' as date_set,
        cell_all as rank_cell,
        churned_all_90 as churned
    from placed_observations

    union all

    select
        score_version,
        baseline,
        account_group,
        'out_of_time' as date_set,
        cell_late as rank_cell,
        churned_late_90 as churned
    from placed_observations
    where churned_late_90 is not null
),

group_cells as (
    select
        ---------- strings
        score_version,
        baseline,
        cast(date_set as {{ text_type() }}) as date_set,
        account_group,
        ---------- numbers
        rank_cell,
        cast(count(*) as integer) as n,
        cast(sum(churned) as integer) as churned
    from observations_by_date_set
    group by score_version, baseline, date_set, account_group, rank_cell
)

select * from group_cells
