with

scores as (
    select * from {{ ref('int_health_version_scores') }}
),

sundays as (
    select
        account_id,
        score_version,
        score,
        coverage,
        band,
        {{ month_start('date') }} as month,
        date,
        lag(band) over (partition by account_id, score_version order by date) as former_band,
        lag(date) over (partition by account_id, score_version order by date) as former_date
    from scores
    where {{ is_sunday('date') }}
),

changes as (
    select *
    from sundays
    where
        former_date = {{ add_days('date', -7) }}
        and score is not null
        and former_band <> 'unknown'
        and band <> former_band
),

flips as (
    select distinct
        changes.account_id,
        changes.score_version,
        changes.date
    from changes
    inner join sundays
        on
            changes.account_id = sundays.account_id
            and changes.score_version = sundays.score_version
            and changes.former_band = sundays.band
            and {{ add_days('changes.date', 7) }} <= sundays.date
            and {{ add_days('changes.date', 28) }} >= sundays.date
),

judged_sundays as (
    select
        sundays.score_version,
        sundays.month,
        sundays.score,
        sundays.coverage,
        changes.date as changed_on,
        flips.date as flipped_on
    from sundays
    left join changes
        on
            sundays.account_id = changes.account_id
            and sundays.score_version = changes.score_version
            and sundays.date = changes.date
    left join flips
        on
            sundays.account_id = flips.account_id
            and sundays.score_version = flips.score_version
            and sundays.date = flips.date
),

health_stability as (
    select
        ---------- strings
        score_version,
        ---------- numbers
        cast(count(*) as integer) as n,
        cast(count(changed_on) as integer) as changes,
        cast(count(flipped_on) as integer) as flips,
        {{ ratio('sum(' ~ rounded('coverage', 10) ~ ')', 'count(coverage)') }} as mean_coverage,
        {{ ratio('count(score)', 'count(*)') }} as scored_share,
        {{ ratio('count(*) - count(score)', 'count(*)') }} as unknown_share,
        ---------- dates
        month
    from judged_sundays
    group by score_version, month
)

select * from health_stability
