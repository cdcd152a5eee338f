with

seats as (
    select * from {{ ref('int_account_month_seats') }}
),

features as (
    select * from {{ ref('int_account_month_features') }}
),

data_months as (
    select * from {{ ref('int_account_month_data') }}
),

contacts as (
    select * from {{ ref('int_account_month_contacts') }}
),

connected as (
    select * from {{ ref('int_sources_connected') }}
),

-- Nothing of a connected source is a proven zero; a source that is not there says nothing.
account_engagement as (
    select
        ---------- ids
        seats.account_id,
        ---------- numbers
        cast(
            case when connected.has_feature_usage then coalesce(features.features_used, 0) end as integer
        ) as features_used,
        cast(
            case when connected.has_feature_usage then coalesce(features.features_entitled, 0) end as integer
        ) as features_entitled,
        cast(
            case when connected.has_feature_usage then features.adoption_breadth end as {{ double_type() }}
        ) as adoption_breadth,
        data_months.records,
        data_months.records_prev,
        data_months.record_growth,
        data_months.plan_limit_share,
        cast(case when connected.has_messages then coalesce(contacts.messages_sent, 0) end as integer) as messages_sent,
        cast(
            case when connected.has_messages then coalesce(contacts.messages_delivered, 0) end as integer
        ) as messages_delivered,
        cast(
            case when connected.has_messages then coalesce(contacts.messages_opened, 0) end as integer
        ) as messages_opened,
        cast(
            case when connected.has_messages then coalesce(contacts.messages_replied, 0) end as integer
        ) as messages_replied,
        cast(
            case when connected.has_messages then coalesce(contacts.product_messages_sent, 0) end as integer
        ) as product_messages_sent,
        cast(case when connected.has_touchpoints then coalesce(contacts.touchpoints, 0) end as integer) as touchpoints,
        cast(
            case
                when connected.has_messages or connected.has_touchpoints then coalesce(contacts.two_way_contacts, 0)
            end as integer
        ) as two_way_contacts,
        contacts.days_since_two_way_contact,
        seats.champion_logins_28d,
        seats.admin_logins_28d,
        seats.seats_end,
        seats.seats_time_weighted,
        seats.unused_seats,
        ---------- booleans
        seats.is_active_end,
        ---------- dates
        seats.month
    from seats
    cross join connected
    left join features
        on
            seats.account_id = features.account_id
            and seats.month = features.month
    left join data_months
        on
            seats.account_id = data_months.account_id
            and seats.month = data_months.month
    left join contacts
        on
            seats.account_id = contacts.account_id
            and seats.month = contacts.month
    where
        seats.has_usage
        or features.account_id is not null
        or data_months.account_id is not null
        or contacts.messages_sent + contacts.product_messages_sent > 0
        or contacts.touchpoints + contacts.two_way_contacts > 0
)

select * from account_engagement
