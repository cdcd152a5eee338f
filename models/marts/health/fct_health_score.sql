with

version_scores as (
    select * from {{ ref('int_health_version_scores') }}
),

overrides as (
    select * from {{ ref('health_overrides') }}
),

former_scores as (
    select
        account_id,
        score,
        date
    from version_scores
    where is_published
),

compared_scores as (
    select
        version_scores.account_id,
        version_scores.score_version,
        version_scores.profile,
        version_scores.band,
        version_scores.top_drivers,
        version_scores.score,
        version_scores.coverage,
        version_scores.is_covered,
        version_scores.date,
        former_scores.score as score_prev_28d,
        overrides.reason as override_reason,
        overrides.owner as override_owner,
        coalesce(overrides.band, version_scores.band) as final_band,
        {{ health_settled('version_scores.score - former_scores.score') }} as score_change_28d
    from version_scores
    left join former_scores
        on
            version_scores.account_id = former_scores.account_id
            and {{ add_days('version_scores.date', -28) }} = former_scores.date
    left join overrides
        on
            version_scores.account_id = overrides.account_id
            and version_scores.date >= overrides.valid_from
            and version_scores.date < overrides.expires_on
    where version_scores.is_published
),

health_scores as (
    select
        ---------- ids
        account_id,
        ---------- strings
        score_version,
        profile,
        band,
        cast(final_band as {{ text_type() }}) as final_band,
        cast(
            case
                when score_change_28d >= 5 then 'improving'
                when score_change_28d <= -5 then 'declining'
                when score_change_28d is not null then 'steady'
            end as {{ text_type() }}
        ) as trend,
        top_drivers,
        cast(override_reason as {{ text_type() }}) as override_reason,
        cast(override_owner as {{ text_type() }}) as override_owner,
        ---------- numbers
        score,
        coverage,
        score_prev_28d,
        score_change_28d,
        ---------- booleans
        is_covered,
        ---------- dates
        date
    from compared_scores
)

select * from health_scores
