with

touchpoints as (
    select * from {{ ref('int_touchpoints_planned') }}
),

months as (
    select * from {{ ref('int_months') }}
),

contact_months as (
    select
        account_id,
        {{ month_start('occurred_date') }} as month,
        case when is_planned then 1 else 0 end as done_contacts,
        case when is_planned then 0 else 1 end as unplanned_contacts,
        0 as planned_contacts,
        0 as kept_contacts
    from touchpoints

    union all

    select
        account_id,
        {{ month_start('planned_date') }} as month,
        0 as done_contacts,
        0 as unplanned_contacts,
        1 as planned_contacts,
        case when is_plan_kept then 1 else 0 end as kept_contacts
    from touchpoints
    where is_planned
),

account_month_contact as (
    select
        ---------- ids
        contact_months.account_id,
        ---------- numbers
        {{ tally('contact_months.planned_contacts') }} as planned_contacts,
        {{ tally('contact_months.kept_contacts') }} as kept_contacts,
        {{ tally('contact_months.done_contacts') }} as done_contacts,
        {{ tally('contact_months.unplanned_contacts') }} as unplanned_contacts,
        ---------- dates
        contact_months.month
    from contact_months
    inner join months
        on contact_months.month = months.month
    group by contact_months.account_id, contact_months.month
)

select * from account_month_contact
