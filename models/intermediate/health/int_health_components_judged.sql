with

facts as (
    select * from {{ ref('int_health_facts') }}
),

choices as (
    select * from {{ ref('int_health_profile_choices') }}
),

parameters as (
    select * from {{ ref('int_health_parameters') }}
),

named_segments as (
    select distinct segment from choices
),

judged_components as (
    select
        facts.account_id,
        choices.score_version,
        choices.profile,
        facts.segment,
        facts.tenure_days,
        facts.logins_28d,
        facts.is_covered,
        facts.date >= choices.valid_from and facts.date < choices.valid_to as is_published,
        facts.date,
        {{ health_columns('facts.<c>') }},
        {{ health_columns('parameters.<c>_weight') }},
        {{ health_columns(health_component_state('facts', 'parameters') ~ ' as <c>_state') }},
        {{ health_columns(health_component_position('facts', 'parameters') ~ ' as <c>_position') }}
    from facts
    left join named_segments
        on facts.segment = named_segments.segment
    inner join choices
        on
            coalesce(named_segments.segment, '*') = choices.segment
            and facts.tenure_days >= choices.from_days
            and facts.tenure_days < choices.to_days
    inner join parameters
        on
            choices.score_version = parameters.score_version
            and choices.profile = parameters.profile
),

scored_components as (
    select
        *,
        {{ health_columns(health_component_score() ~ ' as <c>_score') }},
        {{ health_sum("case when <c>_state <> 'not_applicable' then <c>_weight else 0 end") }} as applicable_weight
    from judged_components
),

known_weights as (
    select
        *,
        {{ health_sum('case when <c>_score is not null then <c>_weight else 0 end') }} as ok_weight
    from scored_components
),

weighed_scores as (
    select
        *,
        {{ health_settled(ratio('ok_weight', 'applicable_weight')) }} as coverage,
        {{ health_settled(ratio(health_sum('coalesce(<c>_weight * <c>_score, 0)'), 'ok_weight')) }} as known_score
    from known_weights
),

covered_scores as (
    select
        *,
        case when coverage >= {{ var('min_health_coverage') }} then known_score end as score
    from weighed_scores
),

lost_points as (
    select
        ---------- ids
        account_id,
        ---------- strings
        score_version,
        profile,
        segment,
        {{ health_columns('<c>_state') }},
        ---------- numbers
        score,
        coverage,
        ok_weight,
        tenure_days,
        logins_28d,
        {{ health_columns('<c>') }},
        {{ health_columns('<c>_weight') }},
        {{ health_columns('<c>_score') }},
        {{ health_columns(
            'case when score is not null then cast(<c>_weight * (100 - <c>_score) as ' ~ double_type()
            ~ ') / ok_weight end as <c>_points_lost'
        ) }},
        ---------- booleans
        is_covered,
        is_published,
        ---------- dates
        date
    from covered_scores
)

select * from lost_points
