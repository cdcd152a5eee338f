with

message_outcomes as (
    select * from {{ ref('int_message_outcomes') }}
),

contact_days as (
    select * from {{ ref('int_account_contact_days') }}
),

months as (
    select * from {{ ref('int_months') }}
),

message_months as (
    select
        account_id,
        {{ month_start('message_date') }} as month,
        count(case when is_outbound then 1 end) as messages_sent,
        count(case when is_outbound and is_delivered then 1 end) as messages_delivered,
        count(case when is_outbound and is_opened then 1 end) as messages_opened,
        count(case when is_outbound and is_replied then 1 end) as messages_replied,
        count(case when not is_outbound then 1 end) as product_messages_sent
    from message_outcomes
    group by account_id, {{ month_start('message_date') }}
),

contact_months as (
    select
        account_id,
        {{ month_start('contact_date') }} as month,
        sum(touchpoints) as touchpoints,
        sum(two_way_contacts) as two_way_contacts
    from contact_days
    group by account_id, {{ month_start('contact_date') }}
),

contact_periods as (
    select
        account_id,
        contact_date as valid_from,
        lead(contact_date, 1, {{ far_future() }}) over (partition by account_id order by contact_date) as valid_to
    from contact_days
    where two_way_contacts > 0
),

last_contacts as (
    select
        contact_periods.account_id,
        months.month,
        {{ days_between('contact_periods.valid_from', 'months.state_date') }} as days_since_two_way_contact
    from contact_periods
    inner join months
        on
            contact_periods.valid_from <= months.state_date
            and contact_periods.valid_to > months.state_date
),

contacted_months as (
    select
        account_id,
        month
    from message_months

    union distinct

    select
        account_id,
        month
    from contact_months

    union distinct

    select
        account_id,
        month
    from last_contacts
),

account_month_contacts as (
    select
        ---------- ids
        contacted_months.account_id,
        ---------- numbers
        cast(coalesce(message_months.messages_sent, 0) as integer) as messages_sent,
        cast(coalesce(message_months.messages_delivered, 0) as integer) as messages_delivered,
        cast(coalesce(message_months.messages_opened, 0) as integer) as messages_opened,
        cast(coalesce(message_months.messages_replied, 0) as integer) as messages_replied,
        cast(coalesce(message_months.product_messages_sent, 0) as integer) as product_messages_sent,
        cast(coalesce(contact_months.touchpoints, 0) as integer) as touchpoints,
        cast(coalesce(contact_months.two_way_contacts, 0) as integer) as two_way_contacts,
        last_contacts.days_since_two_way_contact,
        ---------- dates
        contacted_months.month
    from contacted_months
    left join message_months
        on
            contacted_months.account_id = message_months.account_id
            and contacted_months.month = message_months.month
    left join contact_months
        on
            contacted_months.account_id = contact_months.account_id
            and contacted_months.month = contact_months.month
    left join last_contacts
        on
            contacted_months.account_id = last_contacts.account_id
            and contacted_months.month = last_contacts.month
)

select * from account_month_contacts
