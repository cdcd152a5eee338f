-- Which renewals are at risk?
--
-- Every renewal that is open or due in the 90 days after the as-of date, with what is known about the customer:
-- notice of cancellation, grace or pause, use now and 28 days before, open tickets, and how the account's earlier
-- renewals went. `signs` counts what speaks against it: a notice, grace, a pause, fewer active users than 28 days
-- before (or none at all), an open ticket, an earlier renewal that came late.
--
-- How to read it: from the top. `mrr_at_risk` is the MRR available to renew of an open renewal with at least one
-- sign; a renewal that is settled already (a booked line renews it) has none, and is listed so that nobody calls
-- the customer twice. The signs are equal by intention: they order the list, they are no forecast.
with

renewals as (
    select * from {{ ref('fct_renewal') }}
),

contract_lines as (
    select * from {{ ref('fct_contract_line') }}
),

customers as (
    select * from {{ ref('customer_360') }}
),

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

upcoming_renewals as (
    select
        renewals.*,
        as_of.as_of_date
    from renewals
    cross join as_of
    where
        renewals.is_open
        or renewals.due_date > as_of.as_of_date
),

notices as (
    select
        account_id,
        contract_id,
        end_date as due_date,
        min(notice_date) as notice_date
    from contract_lines
    where line_type = 'recurring'
    group by account_id, contract_id, end_date
),

earlier_renewals as (
    select
        renewals.account_id,
        count(*) as earlier_renewals,
        sum(case when renewals.is_late then 1 else 0 end) as earlier_late,
        sum(case when renewals.is_renewed then 0 else 1 end) as earlier_churned
    from renewals
    cross join as_of
    where
        not renewals.is_open
        and renewals.due_date <= as_of.as_of_date
    group by renewals.account_id
),

known_renewals as (
    select
        upcoming_renewals.*,
        customers.account_name,
        customers.owner,
        customers.status,
        customers.open_tickets,
        notices.notice_date,
        coalesce(customers.mau, 0) as mau_now,
        coalesce(usage_before.mau, 0) as mau_28d_before,
        coalesce(earlier_renewals.earlier_renewals, 0) as earlier_renewals,
        coalesce(earlier_renewals.earlier_late, 0) as earlier_late,
        coalesce(earlier_renewals.earlier_churned, 0) as earlier_churned
    from upcoming_renewals
    inner join customers
        on upcoming_renewals.account_id = customers.account_id
    left join notices
        on
            upcoming_renewals.account_id = notices.account_id
            and upcoming_renewals.contract_id = notices.contract_id
            and upcoming_renewals.due_date = notices.due_date
    left join account_usage as usage_before
        on
            upcoming_renewals.account_id = usage_before.account_id
            and usage_before.date = {{ add_days('upcoming_renewals.as_of_date', -28) }}
    left join earlier_renewals
        on upcoming_renewals.account_id = earlier_renewals.account_id
),

weighed_renewals as (
    select
        *,
        case when notice_date is not null then 1 else 0 end
        + case when status in ('grace', 'paused') then 1 else 0 end
        + case when mau_now < mau_28d_before or mau_now = 0 then 1 else 0 end
        + case when open_tickets > 0 then 1 else 0 end
        + case when earlier_late > 0 then 1 else 0 end as signs
    from known_renewals
)

select
    account_id,
    account_name,
    owner,
    contract_id,
    due_date,
    {{ days_between('as_of_date', 'due_date') }} as days_ahead,
    outcome,
    case when is_open and signs > 0 then atr_mrr else 0 end as mrr_at_risk,
    atr_mrr,
    renewed_mrr,
    signs,
    notice_date,
    status,
    mau_now,
    mau_28d_before,
    open_tickets,
    earlier_renewals,
    earlier_late,
    earlier_churned
from weighed_renewals
order by mrr_at_risk desc, atr_mrr desc, account_id asc, contract_id asc, due_date asc
