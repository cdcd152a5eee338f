with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

activity_spells as (
    select * from {{ ref('int_activity_spells') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

counted_tickets as (
    select *
    from tickets
    where is_counted
),

lasting_dates as (
    select
        date,
        lead(date, 1, {{ far_future() }}) over (order by date) as next_date,
        window_start,
        {{ add_days('window_start', -84) }} as usual_start
    from observation_dates
    where is_sunday or is_month_end
),

tickets_observed as (
    select
        counted_tickets.account_id,
        lasting_dates.date,
        lasting_dates.next_date,
        sum(case when counted_tickets.created_date >= lasting_dates.window_start then 1 else 0 end) as tickets_28d,
        sum(case when counted_tickets.created_date < lasting_dates.window_start then 1 else 0 end) as tickets_before
    from counted_tickets
    inner join lasting_dates
        on
            counted_tickets.created_date <= lasting_dates.date
            and counted_tickets.created_date >= lasting_dates.usual_start
    group by counted_tickets.account_id, lasting_dates.date, lasting_dates.next_date
),

spikes as (
    select
        tickets_observed.account_id,
        rules.signal,
        tickets_observed.tickets_28d as value,
        greatest(
            cast(rules.minimum_count as {{ double_type() }}),
            {{ ratio('rules.threshold * tickets_observed.tickets_before', 3) }}
        ) as threshold,
        cast(null as date) as counted_from,
        tickets_observed.date as opened_on,
        least(tickets_observed.next_date, activity_spells.active_to) as closed_on
    from tickets_observed
    inner join activity_spells
        on
            tickets_observed.account_id = activity_spells.account_id
            and tickets_observed.date >= activity_spells.active_from
            and tickets_observed.date < activity_spells.active_to
            and activity_spells.is_current
    inner join rules
        on
            rules.signal = 'ticket_spike'
            and {{ days_between('activity_spells.active_from', 'tickets_observed.date') }} >= rules.minimum_tenure_days
            and tickets_observed.tickets_28d >= rules.minimum_count
            and 3 * tickets_observed.tickets_28d >= rules.threshold * tickets_observed.tickets_before
),

unsolved as (
    select
        counted_tickets.account_id,
        rules.signal,
        rules.threshold,
        counted_tickets.created_date as counted_from,
        {{ add_days('counted_tickets.created_date', 'cast(rules.threshold as integer)') }} as opened_on,
        coalesce(counted_tickets.solved_date, {{ far_future() }}) as closed_on
    from counted_tickets
    inner join rules
        on
            counted_tickets.priority = 'urgent'
            and rules.signal = 'urgent_ticket_open'
),

ticket_signals as (
    select
        ---------- ids
        account_id,
        ---------- strings
        signal,
        ---------- numbers
        cast(value as {{ double_type() }}) as value,
        cast(threshold as {{ double_type() }}) as threshold,
        ---------- dates
        counted_from,
        opened_on,
        closed_on
    from spikes

    union all

    select
        account_id,
        signal,
        cast(null as {{ double_type() }}) as value,
        cast(threshold as {{ double_type() }}) as threshold,
        counted_from,
        opened_on,
        closed_on
    from unsolved
    where opened_on < closed_on
)

select * from ticket_signals
