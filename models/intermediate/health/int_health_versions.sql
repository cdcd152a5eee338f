with

versions as (
    select * from {{ ref('health_score_versions') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

ordered_versions as (
    select
        versions.score_version,
        versions.valid_from,
        as_of.as_of_date,
        lag(versions.score_version) over (order by versions.valid_from, versions.score_version) as last_version,
        lead(versions.valid_from) over (order by versions.valid_from, versions.score_version) as next_valid_from
    from versions
    cross join as_of
),

health_versions as (
    select
        ---------- strings
        score_version,
        last_version,
        ---------- booleans
        cast(
            valid_from <= as_of_date
            and coalesce(as_of_date < next_valid_from, true) as boolean
        ) as is_current_version
    from ordered_versions
)

select * from health_versions
