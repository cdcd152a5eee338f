with

engagement_totals as (
    select * from {{ ref('int_engagement_totals') }}
),

engagement_monthly as (
    select
        ---------- numbers
        features_used,
        features_entitled,
        adoption_breadth,
        records,
        messages_sent,
        messages_delivered,
        message_delivery_rate,
        messages_opened,
        message_open_rate,
        messages_replied,
        message_reply_rate,
        product_messages_sent,
        touchpoints,
        two_way_contacts,
        unused_seats,
        accounts_without_two_way_contact_60d,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from engagement_totals
    where dimension = 'all'
)

select * from engagement_monthly
