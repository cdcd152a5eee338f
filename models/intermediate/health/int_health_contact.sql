with

observations as (
    select * from {{ ref('int_health_observations') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

contact_days as (
    select * from {{ ref('int_account_contact_days') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

first_days as (
    select * from {{ ref('int_first_days') }}
),

contact_periods as (
    select
        account_id,
        contact_date,
        coalesce(
            lead(contact_date) over (partition by account_id order by contact_date), {{ far_future() }}
        ) as valid_to
    from contact_days
    where two_way_contacts > 0
),

dated_contacts as (
    select
        contact_periods.account_id,
        contact_periods.contact_date,
        observation_dates.date
    from contact_periods
    inner join observation_dates
        on
            contact_periods.contact_date <= observation_dates.date
            and contact_periods.valid_to > observation_dates.date
),

-- Before the first contact of all was written down, silence proves nothing.
valued as (
    select
        observations.account_id,
        observations.date,
        sources_connected.has_touchpoints or sources_connected.has_messages as is_connected,
        case
            when dated_contacts.contact_date is not null
                then {{ days_between('dated_contacts.contact_date', 'observations.date') }}
            when first_days.first_contact_date <= observations.date
                then least(
                    observations.tenure_days,
                    {{ days_between('first_days.first_contact_date', 'observations.date') }}
                )
        end as contact_gap
    from observations
    cross join sources_connected
    cross join first_days
    left join dated_contacts
        on
            observations.account_id = dated_contacts.account_id
            and observations.date = dated_contacts.date
),

health_contact as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(contact_gap as {{ double_type() }}) as contact_gap,
        ---------- booleans
        is_connected as contact_gap_applies,
        ---------- dates
        date,
        case when contact_gap is not null then date end as contact_gap_on
    from valued
)

select * from health_contact
