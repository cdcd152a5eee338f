with

accounts as (
    select * from {{ ref('dim_account') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_planned') }}
),

account_month_cadence as (
    select * from {{ ref('int_account_month_cadence') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

touch_totals as (
    select
        account_id,
        max(occurred_at) as last_touch_at,
        min(days_since_touch) as days_since_touch,
        {{ tally('case when days_since_touch < 90 then 1 end') }} as touches_90d,
        min(next_planned_at) as next_planned_at
    from touchpoints
    group by account_id
),

present_cadence as (
    select
        account_id,
        is_contact_overdue
    from account_month_cadence
    where is_as_of_month
),

account_contact as (
    select
        ---------- ids
        accounts.account_id,
        ---------- strings
        cast(
            case
                when accounts.is_internal then 'not_applicable'
                when not sources_connected.has_touchpoints then 'not_connected'
                when touch_totals.account_id is null then 'no_data'
                else 'ok'
            end as {{ text_type() }}
        ) as contact_state,
        ---------- numbers
        touch_totals.days_since_touch,
        touch_totals.touches_90d,
        ---------- booleans
        case
            when touch_totals.account_id is not null then coalesce(present_cadence.is_contact_overdue, false)
        end as is_contact_overdue,
        ---------- timestamps
        touch_totals.last_touch_at,
        touch_totals.next_planned_at
    from accounts
    cross join sources_connected
    left join touch_totals
        on accounts.account_id = touch_totals.account_id
    left join present_cadence
        on accounts.account_id = present_cadence.account_id
)

select * from account_contact
