with

accounts as (
    select * from {{ ref('dim_account') }}
),

message_outcomes as (
    select * from {{ ref('int_message_outcomes') }}
),

contact_days as (
    select * from {{ ref('int_account_contact_days') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

connected as (
    select * from {{ ref('int_sources_connected') }}
),

recent_messages as (
    select
        message_outcomes.*,
        {{ days_between('message_outcomes.message_date', 'as_of.as_of_date') }} < 90 as is_sent_90d
    from message_outcomes
    cross join as_of
),

message_totals as (
    select
        account_id,
        count(case when is_sent_90d and is_outbound then 1 end) as messages_sent_90d,
        count(case when is_sent_90d and is_outbound and is_delivered then 1 end) as messages_delivered_90d,
        count(case when is_sent_90d and is_outbound and is_opened then 1 end) as messages_opened_90d,
        count(case when is_sent_90d and is_outbound and is_replied then 1 end) as messages_replied_90d,
        count(case when is_sent_90d and not is_outbound then 1 end) as product_messages_90d
    from recent_messages
    group by account_id
),

last_contacts as (
    select
        account_id,
        max(last_two_way_contact_at) as last_two_way_contact_at
    from contact_days
    group by account_id
),

message_facts as (
    select
        accounts.account_id,
        message_totals.messages_sent_90d,
        message_totals.messages_delivered_90d,
        message_totals.messages_opened_90d,
        message_totals.messages_replied_90d,
        message_totals.product_messages_90d,
        last_contacts.last_two_way_contact_at,
        case
            when accounts.is_internal then 'not_applicable'
            when not connected.has_messages then 'not_connected'
            when message_totals.account_id is null then 'no_data'
            else 'ok'
        end as messages_state
    from accounts
    cross join connected
    left join message_totals
        on accounts.account_id = message_totals.account_id
    left join last_contacts
        on accounts.account_id = last_contacts.account_id
),

account_messages as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(messages_state as {{ text_type() }}) as messages_state,
        ---------- numbers
        cast(messages_sent_90d as integer) as messages_sent_90d,
        cast(messages_delivered_90d as integer) as messages_delivered_90d,
        cast(messages_opened_90d as integer) as messages_opened_90d,
        cast(messages_replied_90d as integer) as messages_replied_90d,
        cast(product_messages_90d as integer) as product_messages_90d,
        ---------- timestamps
        case when messages_state = 'ok' then last_two_way_contact_at end as last_two_way_contact_at
    from message_facts
)

select * from account_messages
