with

checked_invoices as (
    select * from {{ ref('int_invoices_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_invoices as (
    select
        ---------- ids
        checked_invoices.invoice_id,
        checked_invoices.account_id,
        ---------- strings
        checked_invoices.currency,
        ---------- numbers
        checked_invoices.local_amount,
        ---------- booleans
        accounts.is_internal as is_account_internal,
        ---------- timestamps
        checked_invoices.issued_at,
        checked_invoices.due_at,
        cast({{ known_at('checked_invoices.paid_at') }} as timestamp) as paid_at
    from checked_invoices
    cross join as_of
    inner join accounts
        on checked_invoices.account_id = accounts.account_id
    where checked_invoices.row_end = 'staged'
)

select * from current_invoices
