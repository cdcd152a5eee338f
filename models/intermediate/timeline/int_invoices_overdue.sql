with

invoices as (
    select * from {{ ref('int_invoices_current') }}
),

titles as (
    select * from {{ ref('timeline_events') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

dated_invoices as (
    select
        invoices.invoice_id,
        invoices.account_id,
        invoices.currency,
        invoices.local_amount,
        titles.after_days,
        as_of.as_of_date,
        {{ reporting_date('invoices.due_at') }} as due_date,
        {{ reporting_date('invoices.paid_at') }} as paid_date
    from invoices
    cross join as_of
    inner join titles
        on titles.title_id = 'invoice_overdue'
    where not invoices.is_account_internal and invoices.local_amount > 0
),

-- What is paid on the day it becomes overdue was overdue.
overdue_invoices as (
    select
        ---------- ids
        invoice_id,
        account_id,
        ---------- strings
        currency,
        ---------- numbers
        local_amount,
        cast(after_days as integer) as after_days,
        ---------- dates
        {{ add_days('due_date', 'after_days') }} as overdue_on
    from dated_invoices
    where {{ days_between('due_date', 'coalesce(paid_date, as_of_date)') }} >= after_days
)

select * from overdue_invoices
