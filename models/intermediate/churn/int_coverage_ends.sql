with

runs as (
    select * from {{ ref('int_coverage_runs') }}
),

spans as (
    select * from {{ ref('int_coverage_spans') }}
),

spells as (
    select * from {{ ref('int_activity_spells') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

followed_spans as (
    select
        account_id,
        span_end,
        spell_number,
        covered_from,
        lead(covered_from) over (partition by account_id order by covered_from) as returned_on
    from spans
    where is_current
),

-- A run that is only booked is no span yet, and a spell of its own.
coverage_ends as (
    select
        ---------- ids
        runs.account_id,
        ---------- strings
        coalesce(followed_spans.span_end, 'booked') as run_end,
        ---------- numbers
        {{ month_index("least(" ~ add_days('runs.covered_to', -1) ~ ", as_of.as_of_date)") }} as rate_month_index,
        {{ days_between('coalesce(spells.active_from, runs.covered_from)', 'runs.covered_to') }} as tenure_days,
        ---------- dates
        runs.covered_to,
        {{ add_days('runs.covered_to', -1) }} as last_covered_date,
        followed_spans.returned_on
    from runs
    cross join as_of
    left join followed_spans
        on
            runs.account_id = followed_spans.account_id
            and runs.covered_from = followed_spans.covered_from
    left join spells
        on
            followed_spans.account_id = spells.account_id
            and followed_spans.spell_number = spells.spell_number
            and spells.is_current
    where
        runs.is_current
        and runs.covered_to < {{ far_future() }}
)

select * from coverage_ends
