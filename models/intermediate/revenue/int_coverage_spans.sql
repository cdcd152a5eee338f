with

runs as (
    select * from {{ ref('int_coverage_runs') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

seen_runs as (
    select
        runs.*,
        least(runs.known_on, as_of.as_of_date) as seen_on
    from runs
    cross join as_of
),

-- Lines that are booked for later neither bridge a gap nor end the grace.
following_spans as (
    select
        *,
        lead(covered_from) over (
            partition by account_id, known_on order by covered_from
        ) as next_covered_from,
        {{ add_days('covered_to', var('renewal_grace_days')) }} as grace_ends_on
    from seen_runs
    where covered_from <= seen_on
),

-- A later span within the grace bridges the gap; else the carry lasts while the grace is not over.
span_ends as (
    select
        *,
        case
            when covered_to > seen_on then 'running'
            when next_covered_from <= grace_ends_on then 'bridged'
            when next_covered_from is null and seen_on < grace_ends_on then 'grace'
            else 'churned'
        end as span_end
    from following_spans
),

carried_spans as (
    select
        account_id,
        known_on,
        is_current,
        covered_from,
        covered_to,
        case
            when span_end = 'bridged' then next_covered_from
            when span_end = 'grace' then {{ add_days('seen_on', 1) }}
            else covered_to
        end as carried_to,
        span_end
    from span_ends
),

spell_starts as (
    select
        *,
        lag(span_end) over (partition by account_id, known_on order by covered_from) as previous_span_end
    from carried_spans
),

coverage_spans as (
    select
        ---------- ids
        account_id,
        ---------- strings
        span_end,
        ---------- numbers
        cast(
            sum(case when previous_span_end = 'bridged' then 0 else 1 end) over (
                partition by account_id, known_on order by covered_from
            ) as integer
        ) as spell_number,
        ---------- booleans
        is_current,
        ---------- dates
        known_on,
        covered_from,
        covered_to,
        carried_to
    from spell_starts
)

select * from coverage_spans
