with

account_engagement as (
    select * from {{ ref('fct_account_engagement') }}
),

-- Depth of use is asked of present customers, what was sent and said of everyone it was said to.
account_month_engagement as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(case when is_active_end then features_used end as integer) as features_used,
        cast(case when is_active_end then features_entitled end as integer) as features_entitled,
        cast(case when is_active_end then records end as bigint) as records,
        messages_sent,
        messages_delivered,
        messages_opened,
        messages_replied,
        product_messages_sent,
        touchpoints,
        two_way_contacts,
        unused_seats,
        cast(
            case
                when
                    is_active_end
                    and two_way_contacts is not null
                    and coalesce(days_since_two_way_contact >= 60, true)
                    then 1
                else 0
            end as integer
        ) as accounts_without_two_way_contact_60d,
        ---------- dates
        month
    from account_engagement
)

select * from account_month_engagement
