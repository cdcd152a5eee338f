with

account_month_engagement as (
    select * from {{ ref('int_account_month_engagement') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

connected as (
    select * from {{ ref('int_sources_connected') }}
),

dimension_totals as (
    select
        account_month_engagement.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(account_month_engagement.features_used) as features_used,
        sum(account_month_engagement.features_entitled) as features_entitled,
        sum(account_month_engagement.records) as records,
        sum(account_month_engagement.messages_sent) as messages_sent,
        sum(account_month_engagement.messages_delivered) as messages_delivered,
        sum(account_month_engagement.messages_opened) as messages_opened,
        sum(account_month_engagement.messages_replied) as messages_replied,
        sum(account_month_engagement.product_messages_sent) as product_messages_sent,
        sum(account_month_engagement.touchpoints) as touchpoints,
        sum(account_month_engagement.two_way_contacts) as two_way_contacts,
        sum(account_month_engagement.unused_seats) as unused_seats,
        sum(account_month_engagement.accounts_without_two_way_contact_60d) as accounts_without_two_way_contact_60d
    from account_month_engagement
    inner join dimensions
        on account_month_engagement.account_id = dimensions.account_id
    group by
        account_month_engagement.month,
        dimensions.dimension,
        dimensions.dimension_value
),

-- Of a source that is not there nothing is known: null, and no 0.
engagement_totals as (
    select
        ---------- strings
        dimension_months.dimension,
        dimension_months.dimension_value,
        ---------- numbers
        cast(
            case when connected.has_feature_usage then coalesce(dimension_totals.features_used, 0) end as integer
        ) as features_used,
        cast(
            case when connected.has_feature_usage then coalesce(dimension_totals.features_entitled, 0) end as integer
        ) as features_entitled,
        {{ ratio('dimension_totals.features_used', 'dimension_totals.features_entitled') }} as adoption_breadth,
        cast(case when connected.has_data_volumes then coalesce(dimension_totals.records, 0) end as bigint) as records,
        cast(
            case when connected.has_messages then coalesce(dimension_totals.messages_sent, 0) end as integer
        ) as messages_sent,
        cast(
            case when connected.has_messages then coalesce(dimension_totals.messages_delivered, 0) end as integer
        ) as messages_delivered,
        {{ ratio('dimension_totals.messages_delivered', 'dimension_totals.messages_sent') }} as message_delivery_rate,
        cast(
            case when connected.has_messages then coalesce(dimension_totals.messages_opened, 0) end as integer
        ) as messages_opened,
        {{ ratio('dimension_totals.messages_opened', 'dimension_totals.messages_delivered') }} as message_open_rate,
        cast(
            case when connected.has_messages then coalesce(dimension_totals.messages_replied, 0) end as integer
        ) as messages_replied,
        {{ ratio('dimension_totals.messages_replied', 'dimension_totals.messages_delivered') }} as message_reply_rate,
        cast(
            case when connected.has_messages then coalesce(dimension_totals.product_messages_sent, 0) end as integer
        ) as product_messages_sent,
        cast(
            case when connected.has_touchpoints then coalesce(dimension_totals.touchpoints, 0) end as integer
        ) as touchpoints,
        cast(
            case
                when connected.has_messages or connected.has_touchpoints
                    then coalesce(dimension_totals.two_way_contacts, 0)
            end as integer
        ) as two_way_contacts,
        {{ money('coalesce(dimension_totals.unused_seats, 0)') }} as unused_seats,
        cast(
            case
                when connected.has_messages or connected.has_touchpoints
                    then coalesce(dimension_totals.accounts_without_two_way_contact_60d, 0)
            end as integer
        ) as accounts_without_two_way_contact_60d,
        ---------- booleans
        dimension_months.is_complete,
        ---------- dates
        dimension_months.month
    from dimension_months
    cross join connected
    left join dimension_totals
        on
            dimension_months.month = dimension_totals.month
            and dimension_months.dimension = dimension_totals.dimension
            and dimension_months.dimension_value = dimension_totals.dimension_value
)

select * from engagement_totals
