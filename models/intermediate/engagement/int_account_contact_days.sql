with

touchpoints as (
    select * from {{ ref('int_touchpoints_current') }}
),

messages as (
    select * from {{ ref('int_messages_current') }}
),

contacts as (
    select
        account_id,
        occurred_at as contact_at,
        1 as touchpoints,
        case
            when touchpoint_kind in ('meeting', 'call', 'business_review', 'training') then 1
            else 0
        end as two_way_contacts
    from touchpoints
    where not is_account_internal

    union all

    select
        account_id,
        replied_at as contact_at,
        0 as touchpoints,
        1 as two_way_contacts
    from messages
    where
        direction = 'outbound'
        and replied_at is not null
        and not is_account_internal
),

dated_contacts as (
    select
        *,
        {{ reporting_date('contact_at') }} as contact_date
    from contacts
),

contact_days as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(sum(touchpoints) as integer) as touchpoints,
        cast(sum(two_way_contacts) as integer) as two_way_contacts,
        ---------- dates
        contact_date,
        ---------- timestamps
        max(case when two_way_contacts = 1 then contact_at end) as last_two_way_contact_at
    from dated_contacts
    group by account_id, contact_date
)

select * from contact_days
