with

invoices as (
    select * from {{ ref('int_invoices_current') }}
),

dated_invoices as (
    select
        invoice_id,
        account_id,
        {{ add_days(reporting_date('due_at'), 15) }} as delinquent_from,
        coalesce({{ reporting_date('paid_at') }}, {{ far_future() }}) as delinquent_to
    from invoices
    where
        local_amount > 0
        and not is_account_internal
),

billing_arrears as (
    select
        ---------- ids
        invoice_id,
        account_id,
        ---------- dates
        delinquent_from,
        delinquent_to
    from dated_invoices
    where delinquent_from < delinquent_to
)

select * from billing_arrears
