with

opportunities as (
    select * from {{ ref('int_opportunities_current') }}
),

invoices as (
    select * from {{ ref('int_invoices_current') }}
),

arrears as (
    select * from {{ ref('int_billing_arrears') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

invoice_documents as (
    select
        invoice_id,
        account_id,
        issued_at,
        paid_at,
        case when local_amount < 0 then 'credit_note' else 'invoice' end as variant,
        {{ amount_text('local_amount', 'currency') }} as title_amount
    from invoices
    where not is_account_internal
),

sales_events as (
    select
        opportunity_id as event_key,
        account_id,
        'opportunity_opened' as kind,
        opportunity_kind as variant,
        cast(null as {{ text_type() }}) as title_amount,
        {{ amount_text('local_amount', 'currency') }} as detail,
        opened_at as occurred_at
    from opportunities
    where not is_account_internal

    union all

    select
        opportunity_id as event_key,
        account_id,
        case when is_won then 'opportunity_won' else 'opportunity_lost' end as kind,
        opportunity_kind as variant,
        cast(null as {{ text_type() }}) as title_amount,
        {{ amount_text('local_amount', 'currency') }} as detail,
        closed_at as occurred_at
    from opportunities
    where not is_account_internal and closed_at is not null

    union all

    select
        invoice_id as event_key,
        account_id,
        'invoice_issued' as kind,
        variant,
        title_amount,
        cast(null as {{ text_type() }}) as detail,
        issued_at as occurred_at
    from invoice_documents

    union all

    select
        invoice_id as event_key,
        account_id,
        'invoice_paid' as kind,
        variant,
        title_amount,
        cast(null as {{ text_type() }}) as detail,
        paid_at as occurred_at
    from invoice_documents
    where paid_at is not null

    union all

    select
        arrears.invoice_id as event_key,
        arrears.account_id,
        'invoice_overdue' as kind,
        cast(null as {{ text_type() }}) as variant,
        invoice_documents.title_amount,
        cast(null as {{ text_type() }}) as detail,
        {{ start_of_day_utc('arrears.delinquent_from') }} as occurred_at
    from arrears
    cross join as_of
    inner join invoice_documents
        on arrears.invoice_id = invoice_documents.invoice_id
    where arrears.delinquent_from <= as_of.as_of_date
),

timeline_sales as (
    select
        ---------- ids
        kind || '|' || event_key as event_id,
        account_id,
        ---------- strings
        cast(kind as {{ text_type() }}) as kind,
        cast(variant as {{ text_type() }}) as variant,
        title_amount,
        cast(null as {{ text_type() }}) as title_subject,
        detail,
        ---------- numbers
        cast(null as decimal(18, 4)) as mrr_delta,
        ---------- timestamps
        occurred_at
    from sales_events
)

select * from timeline_sales
