with

coverage_spans as (
    select * from {{ ref('int_coverage_spans') }}
),

activity_spells as (
    select * from {{ ref('int_activity_spells') }}
),

known_spells as (
    select * from {{ ref('int_account_spells_known') }}
),

known_segments as (
    select * from {{ ref('int_account_segments_known') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

scored_dates as (
    select date
    from observation_dates
    where
        is_sunday
        or is_as_of
),

current_spans as (
    select
        coverage_spans.account_id,
        coverage_spans.covered_from,
        coverage_spans.covered_to,
        coverage_spans.carried_to,
        activity_spells.active_from
    from coverage_spans
    inner join activity_spells
        on
            coverage_spans.account_id = activity_spells.account_id
            and coverage_spans.known_on = activity_spells.known_on
            and coverage_spans.spell_number = activity_spells.spell_number
    where coverage_spans.is_current
),

active_dates as (
    select
        current_spans.account_id,
        current_spans.covered_to,
        current_spans.active_from,
        scored_dates.date
    from current_spans
    inner join scored_dates
        on
            current_spans.covered_from <= scored_dates.date
            and current_spans.carried_to > scored_dates.date
),

-- What was recorded later must not be seen; of an account that was not known on the day at all,
-- only what is known now can be told.
known_dates as (
    select
        active_dates.account_id,
        active_dates.date,
        known_segments.segment,
        coalesce(known_spells.active_from, active_dates.active_from) as active_from,
        coalesce(known_spells.covered_to, active_dates.covered_to) > active_dates.date as is_covered
    from active_dates
    left join known_spells
        on
            active_dates.account_id = known_spells.account_id
            and active_dates.date >= known_spells.valid_from
            and active_dates.date < known_spells.valid_to
    left join known_segments
        on
            active_dates.account_id = known_segments.account_id
            and active_dates.date >= known_segments.valid_from
            and active_dates.date < known_segments.valid_to
),

health_observations as (
    select
        ---------- ids
        account_id,
        ---------- strings
        segment,
        ---------- numbers
        {{ days_between('active_from', 'date') }} as tenure_days,
        ---------- booleans
        is_covered,
        ---------- dates
        date
    from known_dates
)

select * from health_observations
