with

candidates as (
    select * from {{ ref('int_phase_candidates') }}
),

phases as (
    select * from {{ ref('lifecycle_phases') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

change_dates as (
    select
        account_id,
        valid_from as changed_on
    from candidates

    union distinct

    select
        account_id,
        valid_to as changed_on
    from candidates
),

ranked_phases as (
    select
        change_dates.account_id,
        change_dates.changed_on,
        candidates.phase,
        row_number() over (
            partition by change_dates.account_id, change_dates.changed_on order by phases.phase_order
        ) as place
    from change_dates
    inner join candidates
        on
            change_dates.account_id = candidates.account_id
            and change_dates.changed_on >= candidates.valid_from
            and change_dates.changed_on < candidates.valid_to
    inner join phases
        on candidates.phase = phases.phase
),

first_phases as (
    select
        account_id,
        changed_on,
        phase,
        lag(phase) over (partition by account_id order by changed_on) as previous_phase
    from ranked_phases
    where place = 1
),

phase_spells as (
    select
        account_id,
        phase,
        previous_phase,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id order by changed_on) as valid_to
    from first_phases
    where coalesce(phase <> previous_phase, true)
),

lifecycle_phases as (
    select
        ---------- ids
        phase_spells.account_id,
        ---------- strings
        phase_spells.phase,
        phase_spells.previous_phase,
        ---------- numbers
        {{ days_between(
            'phase_spells.valid_from', 'coalesce(phase_spells.valid_to, ' ~ add_days('as_of.as_of_date', 1) ~ ')'
        ) }} as days_in_phase,
        ---------- dates
        phase_spells.valid_from,
        phase_spells.valid_to
    from phase_spells
    cross join as_of
)

select * from lifecycle_phases
