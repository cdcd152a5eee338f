with

users as (
    select * from {{ ref('dim_user') }}
),

renewals as (
    select * from {{ ref('fct_renewal') }}
),

silences as (
    select * from {{ ref('int_account_silences') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

champions as (
    select *
    from users
    where
        role = 'champion'
        and not is_internal
        and coalesce(created_date < deactivated_date, true)
),

champion_changes as (
    select
        account_id,
        created_date as changed_on,
        1 as champion_change
    from champions

    union all

    select
        account_id,
        deactivated_date as changed_on,
        -1 as champion_change
    from champions
    where deactivated_date is not null
),

champion_counts as (
    select
        account_id,
        changed_on,
        coalesce(
            lead(changed_on) over (partition by account_id order by changed_on), {{ far_future() }}
        ) as next_change_on,
        sum(sum(champion_change)) over (partition by account_id order by changed_on) as champions
    from champion_changes
    group by account_id, changed_on
),

renewals_ahead as (
    select
        renewals.account_id,
        renewals.due_date,
        rules.signal,
        rules.threshold,
        rules.window_days,
        {{ add_days('renewals.due_date', 'cast(-rules.threshold as integer)') }} as ahead_from,
        least(renewals.due_date, coalesce(renewals.renewed_on, renewals.due_date)) as ahead_to
    from renewals
    inner join rules
        on rules.signal = 'renewal_without_contact'
),

renewals_in_silence as (
    select
        renewals_ahead.account_id,
        renewals_ahead.signal,
        renewals_ahead.threshold,
        renewals_ahead.due_date,
        greatest(
            renewals_ahead.ahead_from, {{ add_days('silences.heard_on', 'renewals_ahead.window_days') }}
        ) as opened_on,
        least(renewals_ahead.ahead_to, silences.next_heard_on) as closed_on
    from renewals_ahead
    inner join silences
        on
            renewals_ahead.account_id = silences.account_id
            and silences.heard_of = 'contact'
),

contact_signals as (
    select
        ---------- ids
        champion_counts.account_id,
        ---------- strings
        rules.signal,
        ---------- numbers
        cast(champion_counts.champions as {{ double_type() }}) as value,
        cast(rules.threshold as {{ double_type() }}) as threshold,
        ---------- dates
        cast(null as date) as counted_from,
        champion_counts.changed_on as opened_on,
        champion_counts.next_change_on as closed_on
    from champion_counts
    inner join rules
        on
            rules.signal = 'champion_left'
            and champion_counts.champions < rules.threshold

    union all

    select
        account_id,
        signal,
        cast(null as {{ double_type() }}) as value,
        cast(threshold as {{ double_type() }}) as threshold,
        due_date as counted_from,
        opened_on,
        closed_on
    from renewals_in_silence
    where opened_on < closed_on
)

select * from contact_signals
