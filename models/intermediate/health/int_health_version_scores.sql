with

judged as (
    select * from {{ ref('int_health_components_judged') }}
),

bands as (
    select * from {{ ref('health_bands') }}
),

first_drivers as (
    select
        *,
        {{ health_driver('_points_lost') }} as first_driver
    from judged
),

without_first_drivers as (
    select
        *,
        {{ health_columns("case when first_driver <> '<c>' then <c>_points_lost end as <c>_left") }}
    from first_drivers
),

second_drivers as (
    select
        *,
        {{ health_driver('_left') }} as second_driver
    from without_first_drivers
),

without_second_drivers as (
    select
        *,
        {{ health_columns("case when second_driver <> '<c>' then <c>_left end as <c>_rest") }}
    from second_drivers
),

third_drivers as (
    select
        *,
        {{ health_driver('_rest') }} as third_driver
    from without_second_drivers
),

version_scores as (
    select
        ---------- ids
        third_drivers.account_id,
        ---------- strings
        third_drivers.score_version,
        third_drivers.profile,
        third_drivers.segment,
        cast(coalesce(bands.band, 'unknown') as {{ text_type() }}) as band,
        cast(
            third_drivers.first_driver
            || coalesce(', ' || third_drivers.second_driver, '')
            || coalesce(', ' || third_drivers.third_driver, '')
            as {{ text_type() }}
        ) as top_drivers,
        ---------- numbers
        third_drivers.score,
        third_drivers.coverage,
        third_drivers.ok_weight,
        third_drivers.tenure_days,
        third_drivers.logins_28d,
        ---------- booleans
        third_drivers.is_covered,
        third_drivers.is_published,
        ---------- dates
        third_drivers.date
    from third_drivers
    left join bands
        on
            third_drivers.score_version = bands.score_version
            and third_drivers.score >= bands.from_score
            and (third_drivers.score < bands.to_score or bands.to_score = 100)
)

select * from version_scores
