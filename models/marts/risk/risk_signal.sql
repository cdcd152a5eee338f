with

signals_raised as (
    select * from {{ ref('int_signals_raised') }}
),

activity_spells as (
    select * from {{ ref('int_activity_spells') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

while_active as (
    select
        signals_raised.account_id,
        signals_raised.signal,
        signals_raised.value,
        signals_raised.threshold,
        signals_raised.counted_from,
        as_of.as_of_date,
        greatest(signals_raised.opened_on, activity_spells.active_from) as opened_on,
        least(signals_raised.closed_on, activity_spells.active_to) as closed_on
    from signals_raised
    cross join as_of
    inner join activity_spells
        on
            signals_raised.account_id = activity_spells.account_id
            and signals_raised.opened_on < activity_spells.active_to
            and signals_raised.closed_on > activity_spells.active_from
            and activity_spells.is_current
    where signals_raised.opened_on <= as_of.as_of_date
),

measured as (
    select
        *,
        coalesce(value, abs({{ days_between('counted_from', 'opened_on') }})) as opening_value
    from while_active
),

-- What follows without a day between belongs to the same spell.
chained as (
    select
        *,
        case
            when opened_on <= max(closed_on) over (
                partition by account_id, signal
                order by opened_on, opening_value, closed_on
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as starts_spell
    from measured
),

numbered as (
    select
        *,
        sum(starts_spell) over (
            partition by account_id, signal
            order by opened_on, opening_value, closed_on
            rows between unbounded preceding and current row
        ) as spell_number
    from chained
),

spells as (
    select
        account_id,
        signal,
        as_of_date,
        min(opened_on) as opened_on,
        max(closed_on) as closes_on,
        min(case when starts_spell = 1 then opening_value end) as value,
        min(case when starts_spell = 1 then threshold end) as threshold
    from numbered
    group by account_id, signal, as_of_date, spell_number
),

valued as (
    select
        spells.*,
        rules.severity,
        spells.closes_on > spells.as_of_date as is_open,
        case
            when mrr_monthly.is_active_end then mrr_monthly.mrr_end
            else mrr_monthly.mrr_start
        end as mrr
    from spells
    inner join rules
        on spells.signal = rules.signal
    inner join mrr_monthly
        on
            spells.account_id = mrr_monthly.account_id
            and mrr_monthly.month = {{ month_start('spells.opened_on') }}
),

risk_signals_opened as (
    select
        ---------- ids
        account_id,
        ---------- strings
        signal,
        severity,
        ---------- numbers
        cast(value as {{ double_type() }}) as value,
        cast(threshold as {{ double_type() }}) as threshold,
        {{ money('mrr') }} as mrr,
        {{ days_between('opened_on', 'least(closes_on, as_of_date)') }} as days_open,
        ---------- booleans
        is_open,
        ---------- dates
        opened_on,
        case when not is_open then closes_on end as closed_on
    from valued
)

select * from risk_signals_opened
