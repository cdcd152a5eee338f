with

spells as (
    select * from {{ ref('int_activity_spells') }}
),

months as (
    select * from {{ ref('int_months') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_planned') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

cadences as (
    select * from {{ ref('touch_model_cadence') }}
),

contact_months as (
    select
        account_id,
        {{ month_start('occurred_date') }} as month,
        max(occurred_date) as last_contact_date
    from touchpoints
    group by account_id, {{ month_start('occurred_date') }}
),

-- Active month ends and months with a contact side by side, so that the last contact can be carried on.
account_months as (
    select
        spells.account_id,
        months.month,
        months.state_date,
        months.is_as_of_month,
        spells.active_from,
        cast(null as date) as last_contact_date
    from spells
    inner join months
        on
            spells.active_from <= months.state_date
            and spells.active_to > months.state_date
    where spells.is_current

    union all

    select
        account_id,
        month,
        cast(null as date) as state_date,
        cast(null as boolean) as is_as_of_month,
        cast(null as date) as active_from,
        last_contact_date
    from contact_months
),

last_contacts as (
    select
        *,
        max(last_contact_date) over (partition by account_id order by month) as latest_contact_date
    from account_months
),

active_months as (
    select
        last_contacts.*,
        cadences.days_between_contacts,
        {{ days_between('last_contacts.active_from', 'last_contacts.state_date') }} as active_days,
        {{ days_between('last_contacts.latest_contact_date', 'last_contacts.state_date') }} as days_without
    from last_contacts
    inner join accounts
        on last_contacts.account_id = accounts.account_id
    left join cadences
        on accounts.touch_model = cadences.touch_model
    where last_contacts.active_from is not null
),

judged_months as (
    select
        *,
        coalesce(latest_contact_date >= month, false) as is_contacted,
        coalesce(active_days > days_between_contacts, false) as is_contact_due,
        coalesce(days_without <= days_between_contacts, false) as is_within_cadence
    from active_months
),

cadence_states as (
    select
        *,
        is_contact_due and is_within_cadence as is_on_cadence,
        is_contact_due and not is_within_cadence as is_contact_overdue
    from judged_months
),

account_month_cadence as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        days_between_contacts,
        ---------- booleans
        is_contacted,
        is_contact_due,
        is_on_cadence,
        is_contact_overdue,
        is_as_of_month,
        ---------- dates
        latest_contact_date as last_contact_date,
        month
    from cadence_states
)

select * from account_month_cadence
