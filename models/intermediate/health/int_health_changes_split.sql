with

scores as (
    select * from {{ ref('fct_health_score') }}
),

facts as (
    select * from {{ ref('int_health_facts') }}
),

parameters as (
    select * from {{ ref('int_health_parameters') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

recent_scores as (
    select
        scores.*,
        {{ add_days('scores.date', -28) }} as former_date
    from scores
    inner join observation_dates
        on scores.date = observation_dates.date
    where observation_dates.is_recent
),

-- What was known then is judged by the rules of now: what differs from the former score is the rules.
both_ends as (
    select
        recent_scores.account_id,
        recent_scores.score,
        recent_scores.score_prev_28d,
        recent_scores.final_band,
        former_scores.final_band as final_band_prev_28d,
        case when recent_scores.override_reason is not null then recent_scores.final_band else '' end
        <> case when former_scores.override_reason is not null then former_scores.final_band else '' end
            as is_override_changed,
        recent_scores.date,
        {{ health_columns('parameters.<c>_weight') }},
        {{ health_columns(health_component_state('former_facts', 'parameters') ~ ' as <c>_then_state') }},
        {{ health_columns(health_component_position('former_facts', 'parameters') ~ ' as <c>_then_position') }},
        {{ health_columns(health_component_state('facts', 'parameters') ~ ' as <c>_now_state') }},
        {{ health_columns(health_component_position('facts', 'parameters') ~ ' as <c>_now_position') }}
    from recent_scores
    inner join scores as former_scores
        on
            recent_scores.account_id = former_scores.account_id
            and recent_scores.former_date = former_scores.date
    inner join facts as former_facts
        on
            recent_scores.account_id = former_facts.account_id
            and recent_scores.former_date = former_facts.date
    inner join facts
        on
            recent_scores.account_id = facts.account_id
            and recent_scores.date = facts.date
    inner join parameters
        on
            recent_scores.score_version = parameters.score_version
            and recent_scores.profile = parameters.profile
),

scored_ends as (
    select
        *,
        {{ health_columns(health_component_score('<c>_then') ~ ' as <c>_score_then') }},
        {{ health_columns(health_component_score('<c>_now') ~ ' as <c>_score_now') }}
    from both_ends
),

kept_components as (
    select
        *,
        {{ health_columns(
            'case when <c>_score_then is not null and <c>_score_now is not null then <c>_weight end as <c>_kept_weight'
        ) }}
    from scored_ends
),

weighed_ends as (
    select
        *,
        {{ health_sum('case when <c>_score_then is not null then <c>_weight else 0 end') }} as then_weight,
        {{ health_sum('coalesce(<c>_kept_weight, 0)') }} as kept_weight
    from kept_components
),

mean_ends as (
    select
        *,
        {{ health_settled(ratio(health_sum('coalesce(<c>_weight * <c>_score_then, 0)'), 'then_weight')) }}
            as then_score,
        {{ health_settled(ratio(health_sum('coalesce(<c>_kept_weight * <c>_score_then, 0)'), 'kept_weight')) }}
            as kept_then_score,
        {{ health_settled(ratio(health_sum('coalesce(<c>_kept_weight * <c>_score_now, 0)'), 'kept_weight')) }}
            as kept_now_score
    from weighed_ends
),

split_changes as (
    select
        ---------- ids
        account_id,
        ---------- strings
        final_band_prev_28d,
        final_band,
        ---------- numbers
        case when score is not null then coalesce(then_score, score) - score_prev_28d end as configuration_points,
        case
            when score - score_prev_28d is null then null
            when then_score is null then 0
            when kept_weight = 0 then score - then_score
            else score - kept_now_score + (kept_then_score - then_score)
        end as data_points,
        {{ health_columns(
            'case when score - score_prev_28d is not null then '
            ~ ratio('<c>_kept_weight * (<c>_score_now - <c>_score_then)', 'kept_weight') ~ ' end as <c>_points'
        ) }},
        ---------- booleans
        is_override_changed,
        ---------- dates
        date
    from mean_ends
)

select * from split_changes
