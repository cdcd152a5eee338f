with

lifecycle_phases as (
    select * from {{ ref('fct_lifecycle_phase') }}
),

months as (
    select * from {{ ref('int_months') }}
),

phase_transitions as (
    select
        ---------- strings
        lifecycle_phases.previous_phase as from_phase,
        lifecycle_phases.phase as to_phase,
        ---------- numbers
        cast(count(*) as integer) as transition_count,
        ---------- booleans
        months.is_complete,
        ---------- dates
        months.month
    from lifecycle_phases
    inner join months
        on months.month = {{ month_start('lifecycle_phases.valid_from') }}
    where lifecycle_phases.previous_phase is not null
    group by
        lifecycle_phases.previous_phase,
        lifecycle_phases.phase,
        months.is_complete,
        months.month
)

select * from phase_transitions
