with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

activity_spells as (
    select * from {{ ref('int_activity_spells') }}
),

phases as (
    select * from {{ ref('lifecycle_phases') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- Nothing is said of days after the as-of date, not even of those that are paid for.
known_spells as (
    select
        activity_spells.account_id,
        activity_spells.spell_number,
        activity_spells.active_from,
        least(activity_spells.active_to, {{ add_days('as_of.as_of_date', 1) }}) as active_to,
        lead(activity_spells.active_from, 1, {{ add_days('as_of.as_of_date', 1) }}) over (
            partition by activity_spells.account_id order by activity_spells.spell_number
        ) as returned_on
    from activity_spells
    cross join as_of
    where activity_spells.is_current
),

stretches as (
    select
        accounts.account_id,
        'prospect' as phase,
        {{ reporting_date('accounts.created_at') }} as valid_from,
        coalesce(known_spells.active_from, {{ add_days('as_of.as_of_date', 1) }}) as valid_to
    from accounts
    cross join as_of
    left join known_spells
        on
            accounts.account_id = known_spells.account_id
            and known_spells.spell_number = 1
    where not accounts.is_internal

    union all

    select
        account_id,
        'adoption' as phase,
        active_from as valid_from,
        active_to as valid_to
    from known_spells

    union all

    select
        account_id,
        'churned' as phase,
        active_to as valid_from,
        returned_on as valid_to
    from known_spells

    union all

    select
        known_spells.account_id,
        phases.phase,
        known_spells.active_from as valid_from,
        least(known_spells.active_to, {{ add_days('known_spells.active_from', 'phases.phase_days') }}) as valid_to
    from known_spells
    inner join phases
        on
            known_spells.spell_number > 1
            and phases.phase = 'won_back'
),

activity_phases as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(phase as {{ text_type() }}) as phase,
        ---------- dates
        valid_from,
        valid_to
    from stretches
    where valid_from < valid_to
)

select * from activity_phases
