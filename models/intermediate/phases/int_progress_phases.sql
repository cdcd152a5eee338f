with

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

account_milestones as (
    select * from {{ ref('int_account_milestones') }}
),

use_stretches as (
    select * from {{ ref('int_use_stretches') }}
),

phases as (
    select * from {{ ref('lifecycle_phases') }}
),

account_values as (
    select
        lifetimes.account_id,
        lifetimes.first_active_date,
        coalesce(account_milestones.has_first_value_milestone, false) as is_value_tracked,
        coalesce(account_milestones.first_value_date, {{ far_future() }}) as first_value_date
    from lifetimes
    left join account_milestones
        on lifetimes.account_id = account_milestones.account_id
    where lifetimes.is_current
),

stretches as (
    select
        account_values.account_id,
        phases.phase,
        account_values.first_active_date as valid_from,
        case
            when account_values.is_value_tracked
                then least(
                    account_values.first_value_date,
                    {{ add_days('account_values.first_active_date', 'phases.phase_days') }}
                )
            else {{ add_days('account_values.first_active_date', 'phases.days_without_milestones') }}
        end as valid_to
    from account_values
    inner join phases
        on phases.phase = 'onboarding'

    union all

    select
        account_id,
        'value' as phase,
        first_value_date as valid_from,
        {{ far_future() }} as valid_to
    from account_values

    union all

    select
        use_stretches.account_id,
        'value' as phase,
        use_stretches.valid_from,
        use_stretches.valid_to
    from use_stretches
    inner join account_values
        on use_stretches.account_id = account_values.account_id
    where not account_values.is_value_tracked
),

progress_phases as (
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

select * from progress_phases
