with

observations as (
    select * from {{ ref('int_health_observations') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

message_outcomes as (
    select * from {{ ref('int_message_outcomes') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

message_days as (
    select
        account_id,
        message_date,
        count(*) as messages
    from message_outcomes
    where not is_outbound
    group by account_id, message_date
),

changes as (
    select
        account_id,
        message_date as changed_on,
        messages as message_change
    from message_days

    union all

    select
        account_id,
        {{ add_days('message_date', 28) }} as changed_on,
        -messages as message_change
    from message_days
),

-- From its first message on, an account without one in the window has a proven 0.
message_windows as (
    select
        account_id,
        changed_on as valid_from,
        coalesce(
            lead(changed_on) over (partition by account_id order by changed_on), {{ far_future() }}
        ) as valid_to,
        sum(sum(message_change)) over (partition by account_id order by changed_on) as messages
    from changes
    group by account_id, changed_on
),

dated_windows as (
    select
        message_windows.account_id,
        message_windows.messages,
        observation_dates.date
    from message_windows
    inner join observation_dates
        on
            message_windows.valid_from <= observation_dates.date
            and message_windows.valid_to > observation_dates.date
),

health_messages as (
    select
        ---------- ids
        observations.account_id,
        ---------- numbers
        cast(dated_windows.messages as {{ double_type() }}) as messages_delivered,
        ---------- booleans
        sources_connected.has_messages as messages_delivered_applies,
        ---------- dates
        observations.date,
        dated_windows.date as messages_delivered_on
    from observations
    cross join sources_connected
    left join dated_windows
        on
            observations.account_id = dated_windows.account_id
            and observations.date = dated_windows.date
)

select * from health_messages
