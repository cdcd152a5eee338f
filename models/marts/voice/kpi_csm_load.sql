with

customers as (
    select * from {{ ref('customer_360') }}
),

renewals as (
    select * from {{ ref('fct_renewal') }}
),

account_month_cadence as (
    select * from {{ ref('int_account_month_cadence') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

open_renewals as (
    select
        account_id,
        count(*) as renewals_due_90d
    from renewals
    where is_open
    group by account_id
),

overdue_contacts as (
    select account_id
    from account_month_cadence
    where
        is_as_of_month
        and is_contact_overdue
),

owned_accounts as (
    select
        customers.mrr,
        customers.arr,
        customers.licensed_seats,
        customers.open_tickets,
        open_renewals.renewals_due_90d,
        sources_connected.has_touchpoints,
        coalesce(customers.owner, '(none)') as owner,
        case when customers.status in ('active', 'paused', 'grace') then 1 end as active_account,
        case when overdue_contacts.account_id is not null then 1 end as overdue_account
    from customers
    cross join sources_connected
    left join open_renewals
        on customers.account_id = open_renewals.account_id
    left join overdue_contacts
        on customers.account_id = overdue_contacts.account_id
    where not customers.is_internal
),

csm_load as (
    select
        ---------- strings
        owner,
        ---------- numbers
        {{ tally('active_account') }} as active_accounts,
        {{ total('mrr') }} as mrr,
        {{ total('arr') }} as arr,
        {{ total('licensed_seats') }} as licensed_seats,
        {{ tally('open_tickets') }} as open_tickets,
        {{ tally('renewals_due_90d') }} as renewals_due_90d,
        case when has_touchpoints then {{ tally('overdue_account') }} end as accounts_overdue
    from owned_accounts
    group by owner, has_touchpoints
)

select * from csm_load
