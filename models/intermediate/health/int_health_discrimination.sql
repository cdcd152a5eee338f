with

value_counts as (
    select * from {{ ref('int_health_value_counts') }}
),

with_all_segments as (
    select * from value_counts

    union all

    select
        score_version,
        baseline,
        population,
        '(all)' as segment,
        scored_value,
        {{ for_each_label('cast(sum(n_[label]) as integer) as n_[label]') }},
        {{ for_each_label('cast(sum(churned_[label]) as integer) as churned_[label]') }}
    from value_counts
    group by score_version, baseline, population, scored_value
),

totals as (
    select
        score_version,
        baseline,
        population,
        segment,
        {{ for_each_label('cast(sum(n_[label]) as bigint) as n_[label]') }},
        {{ for_each_label('cast(sum(churned_[label]) as bigint) as churned_[label]') }}
    from with_all_segments
    group by score_version, baseline, population, segment
),

-- Counts up to each value: of all observations, and of those that churned.
running_counts as (
    select
        *,
        {{ for_each_label('cast(sum(n_[label]) over upwards as integer) as n_upto_[label]') }},
        {{ for_each_label('cast(sum(churned_[label]) over upwards as integer) as churned_upto_[label]') }}
    from with_all_segments
    window upwards as (
        partition by score_version, baseline, population, segment order by scored_value
        rows between unbounded preceding and current row
    )
),

groups as (
    select
        totals.score_version,
        totals.baseline,
        totals.population,
        totals.segment,
        {{ for_each_label('max(totals.n_[label]) as n_[label]') }},
        {{ for_each_label('max(totals.churned_[label]) as churned_[label]') }},
        {{ for_each_label(
            'sum(cast(counts.churned_[label] as bigint) * ('
            ~ '2 * (counts.n_upto_[label] - counts.churned_upto_[label]) - (counts.n_[label] - counts.churned_[label])'
            ~ ')) as lost_[label]'
        ) }},
        {{ for_each_label(
            'max(abs('
            ~ 'counts.churned_upto_[label] * totals.n_[label] - counts.n_upto_[label] * totals.churned_[label]'
            ~ ')) as distance_[label]'
        ) }}
    from running_counts as counts
    inner join totals
        on
            counts.score_version = totals.score_version
            and counts.baseline = totals.baseline
            and counts.population = totals.population
            and counts.segment = totals.segment
    group by totals.score_version, totals.baseline, totals.population, totals.segment
),

labelled_groups as (
    select
        groups.score_version,
        groups.baseline,
        groups.population,
        groups.segment,
        labels.horizon_days,
        labels.date_set,
        {{ label_column('n') }} as n,
        {{ label_column('churned') }} as churned,
        {{ label_column('lost') }} as twice_pairs_lost,
        {{ label_column('distance') }} as largest_distance
    from groups
    cross join ({{ label_rows() }}) as labels (horizon_days, date_set)
),

discrimination as (
    select
        ---------- strings
        score_version,
        baseline,
        population,
        segment,
        date_set,
        ---------- numbers
        cast(horizon_days as integer) as horizon_days,
        cast(n as integer) as n,
        cast(churned as integer) as churned,
        cast(churned * (n - churned) as decimal(18, 0)) as pairs,
        cast(2 * churned * (n - churned) - twice_pairs_lost as decimal(18, 0)) as twice_pairs_won,
        cast(largest_distance as decimal(18, 0)) as largest_distance
    from labelled_groups
    where n > 0
)

select * from discrimination
