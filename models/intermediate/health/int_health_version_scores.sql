with

judged as (
    select * from {{ ref('int_health_components_judged') }}
),

bands as (
    select * from {{ ref('health_bands') }}
),

most_lost as (
    select
        *,
        nullif(greatest({{ health_columns('<c>_points_lost') }}), 0) as first_points
    from judged
),

first_drivers as (
    select
        *,
        case when is_published then {{ health_driver('first_points', '<c>_points_lost') }} end as first_driver
    from most_lost
),

without_first as (
    select
        *,
        {{ health_columns("case when first_driver <> '<c>' then <c>_points_lost end as <c>_left") }}
    from first_drivers
),

most_left as (
    select
        *,
        nullif(greatest({{ health_columns('<c>_left') }}), 0) as second_points
    from without_first
),

second_drivers as (
    select
        *,
        {{ health_driver('second_points', '<c>_left') }} as second_driver
    from most_left
),

without_second as (
    select
        *,
        {{ health_columns("case when second_driver <> '<c>' then <c>_left end as <c>_rest") }}
    from second_drivers
),

most_rest as (
    select
        *,
        nullif(greatest({{ health_columns('<c>_rest') }}), 0) as third_points
    from without_second
),

version_scores as (
    select
        ---------- ids
        most_rest.account_id,
        ---------- strings
        most_rest.score_version,
        most_rest.profile,
        most_rest.segment,
        cast(coalesce(bands.band, 'unknown') as {{ text_type() }}) as band,
        cast(
            most_rest.first_driver
            || coalesce(', ' || most_rest.second_driver, '')
            || coalesce(', ' || {{ health_driver('most_rest.third_points', 'most_rest.<c>_rest') }}, '')
            as {{ text_type() }}
        ) as top_drivers,
        ---------- numbers
        most_rest.score,
        most_rest.coverage,
        most_rest.ok_weight,
        most_rest.tenure_days,
        most_rest.logins_28d,
        ---------- booleans
        most_rest.is_covered,
        most_rest.is_published,
        ---------- dates
        most_rest.date
    from most_rest
    left join bands
        on
            most_rest.score_version = bands.score_version
            and most_rest.score >= bands.from_score
            and (most_rest.score < bands.to_score or bands.to_score = 100)
)

select * from version_scores
