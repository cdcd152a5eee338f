with

tickets as (
    select * from {{ ref('int_tickets_current') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

calendar_countries as (
    select * from {{ ref('business_calendar_countries') }}
),

policies as (
    select * from {{ ref('sla_policies') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

promised_tickets as (
    select
        tickets.ticket_id,
        tickets.account_id,
        tickets.created_at,
        tickets.first_response_at,
        tickets.solved_at,
        policies.first_response_target_hours,
        policies.first_response_clock,
        policies.resolution_target_hours,
        policies.resolution_clock,
        as_of.as_of_end_at,
        coalesce(calendar_countries.calendar_id, 'default') as calendar_id
    from tickets
    cross join as_of
    inner join accounts
        on tickets.account_id = accounts.account_id
    left join calendar_countries
        on accounts.country = calendar_countries.country
    left join policies
        on tickets.priority = policies.priority
),

-- Whoever solves without a word has answered by it; what is open runs to the end of what is known.
clocks as (
    select
        ticket_id,
        account_id,
        calendar_id,
        'first_response' as sla_measure,
        first_response_clock as sla_clock,
        first_response_target_hours as target_hours,
        first_response_at is not null as is_reached,
        created_at as started_at,
        coalesce(first_response_at, solved_at, as_of_end_at) as ended_at
    from promised_tickets

    union all

    select
        ticket_id,
        account_id,
        calendar_id,
        'resolution' as sla_measure,
        resolution_clock as sla_clock,
        resolution_target_hours as target_hours,
        solved_at is not null as is_reached,
        created_at as started_at,
        coalesce(solved_at, as_of_end_at) as ended_at
    from promised_tickets
),

ticket_clocks as (
    select
        ---------- ids
        ticket_id,
        account_id,
        calendar_id,
        ---------- strings
        cast(sla_measure as {{ text_type() }}) as sla_measure,
        sla_clock,
        ---------- numbers
        cast(target_hours as {{ double_type() }}) as target_hours,
        cast(target_hours * 3600000000 as bigint) as target_microseconds,
        ---------- booleans
        is_reached,
        ---------- dates
        {{ month_start(reporting_date('started_at')) }} as created_month,
        ---------- timestamps
        started_at,
        ended_at
    from clocks
)

select * from ticket_clocks
