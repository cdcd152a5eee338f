with

signals as (
    select * from {{ ref('risk_signal') }}
),

silences as (
    select * from {{ ref('int_account_silences') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

silent_drops as (
    select
        signals.account_id,
        signals.value,
        signals.mrr,
        silences.heard_on,
        as_of.as_of_date,
        greatest(
            signals.opened_on, {{ add_days('silences.heard_on', 'rules.window_days') }}
        ) as opened_on,
        least(coalesce(signals.closed_on, {{ far_future() }}), silences.next_heard_on) as closes_on
    from signals
    cross join as_of
    inner join silences
        on
            signals.account_id = silences.account_id
            and silences.heard_of = 'anything'
    inner join rules
        on rules.signal = 'silent_risk'
    where signals.signal = 'login_drop'
),

silent_spells as (
    select
        *,
        closes_on > as_of_date as is_open
    from silent_drops
    where
        opened_on < closes_on
        and opened_on <= as_of_date
),

silent_risks as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        value,
        {{ days_between('heard_on', 'opened_on') }} as days_silent,
        mrr,
        ---------- booleans
        is_open,
        ---------- dates
        heard_on,
        opened_on,
        case when not is_open then closes_on end as closed_on
    from silent_spells
)

select * from silent_risks
