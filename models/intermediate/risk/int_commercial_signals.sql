with

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

invoices as (
    select * from {{ ref('int_invoices_current') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

unpaid_invoices as (
    select
        invoices.account_id,
        rules.signal,
        rules.threshold,
        {{ reporting_date('invoices.due_at') }} as due_date,
        {{ add_days(reporting_date('invoices.due_at'), 'cast(rules.threshold as integer)') }} as opened_on,
        coalesce({{ reporting_date('invoices.paid_at') }}, {{ far_future() }}) as closed_on
    from invoices
    inner join rules
        on
            rules.signal = 'overdue_invoice'
            and invoices.local_amount > 0
),

-- A notice that was taken back has no end, and is none: a version is a correction.
commercial_signals as (
    select
        ---------- ids
        churn_events.account_id,
        ---------- strings
        rules.signal,
        ---------- numbers
        cast(null as {{ double_type() }}) as value,
        cast(rules.threshold as {{ double_type() }}) as threshold,
        ---------- dates
        churn_events.churn_date as counted_from,
        churn_events.notice_date as opened_on,
        coalesce(churn_events.returned_on, {{ far_future() }}) as closed_on
    from churn_events
    inner join rules
        on
            rules.signal = 'notice_given'
            and churn_events.notice_date is not null
            and churn_events.churn_date is not null

    union all

    select
        account_id,
        signal,
        cast(null as {{ double_type() }}) as value,
        cast(threshold as {{ double_type() }}) as threshold,
        due_date as counted_from,
        opened_on,
        closed_on
    from unpaid_invoices
    where opened_on < closed_on
)

select * from commercial_signals
