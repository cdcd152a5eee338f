with

activity_phases as (
    select * from {{ ref('int_activity_phases') }}
),

coverage_spans as (
    select * from {{ ref('int_coverage_spans') }}
),

end_losses as (
    select * from {{ ref('int_coverage_end_losses') }}
),

renewal_windows as (
    select * from {{ ref('int_renewal_windows') }}
),

progress_phases as (
    select * from {{ ref('int_progress_phases') }}
),

-- A notice speaks of the span that ends, not of one before it.
customer_phases as (
    select
        coverage_spans.account_id,
        'at_notice' as phase,
        greatest(end_losses.notice_date, coverage_spans.covered_from) as valid_from,
        coverage_spans.carried_to as valid_to
    from coverage_spans
    inner join end_losses
        on
            coverage_spans.account_id = end_losses.account_id
            and coverage_spans.covered_to = end_losses.covered_to
    where
        coverage_spans.is_current
        and end_losses.notice_date is not null

    union all

    select
        account_id,
        'renewal_window' as phase,
        opens_on as valid_from,
        closes_on as valid_to
    from renewal_windows

    union all

    select
        account_id,
        phase,
        valid_from,
        valid_to
    from progress_phases
),

-- Whoever is active is in adoption at the least: only those days can be of another customer's phase.
active_phases as (
    select
        customer_phases.account_id,
        customer_phases.phase,
        greatest(customer_phases.valid_from, activity_phases.valid_from) as valid_from,
        least(customer_phases.valid_to, activity_phases.valid_to) as valid_to
    from customer_phases
    inner join activity_phases
        on
            customer_phases.account_id = activity_phases.account_id
            and activity_phases.phase = 'adoption'
),

phase_candidates as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(phase as {{ text_type() }}) as phase,
        ---------- dates
        valid_from,
        valid_to
    from active_phases
    where valid_from < valid_to

    union distinct

    select
        account_id,
        phase,
        valid_from,
        valid_to
    from activity_phases
)

select * from phase_candidates
