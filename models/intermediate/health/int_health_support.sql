with

observations as (
    select * from {{ ref('int_health_observations') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

tickets as (
    select * from {{ ref('fct_ticket') }}
),

known_seats as (
    select * from {{ ref('int_account_seats_known') }}
),

first_days as (
    select * from {{ ref('int_first_days') }}
),

ticket_changes as (
    select
        account_id,
        created_date as changed_on,
        1 as ticket_change
    from tickets
    where is_counted

    union all

    select
        account_id,
        {{ add_days('created_date', 28) }} as changed_on,
        -1 as ticket_change
    from tickets
    where is_counted
),

ticket_windows as (
    select
        account_id,
        changed_on as valid_from,
        coalesce(
            lead(changed_on) over (partition by account_id order by changed_on), {{ far_future() }}
        ) as valid_to,
        sum(sum(ticket_change)) over (partition by account_id order by changed_on) as tickets
    from ticket_changes
    group by account_id, changed_on
),

dated_windows as (
    select
        ticket_windows.account_id,
        ticket_windows.tickets,
        observation_dates.date
    from ticket_windows
    inner join observation_dates
        on
            ticket_windows.valid_from <= observation_dates.date
            and ticket_windows.valid_to > observation_dates.date
    where ticket_windows.tickets > 0
),

-- Before the first ticket of all no ticket proves no calm.
valued as (
    select
        observations.account_id,
        observations.date,
        known_seats.known_seats,
        case
            when first_days.first_ticket_date <= observations.date
                then {{ ratio('100 * coalesce(dated_windows.tickets, 0)', 'known_seats.known_seats') }}
        end as support_load
    from observations
    cross join first_days
    left join dated_windows
        on
            observations.account_id = dated_windows.account_id
            and observations.date = dated_windows.date
    left join known_seats
        on
            observations.account_id = known_seats.account_id
            and observations.date >= known_seats.valid_from
            and observations.date < known_seats.valid_to
),

health_support as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        support_load,
        ---------- booleans
        cast(coalesce(known_seats > 0, true) as boolean) as support_load_applies,
        ---------- dates
        date,
        case when support_load is not null then date end as support_load_on
    from valued
)

select * from health_support
