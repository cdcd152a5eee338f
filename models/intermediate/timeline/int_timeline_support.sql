with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

feature_requests as (
    select * from {{ ref('int_feature_requests_current') }}
),

support_events as (
    select
        ticket_id as event_key,
        account_id,
        'ticket_created' as kind,
        priority as variant,
        cast(null as {{ text_type() }}) as title_subject,
        category as detail,
        created_at as occurred_at
    from tickets
    where is_counted

    union all

    select
        ticket_id as event_key,
        account_id,
        'ticket_solved' as kind,
        priority as variant,
        cast(null as {{ text_type() }}) as title_subject,
        category as detail,
        solved_at as occurred_at
    from tickets
    where is_counted and solved_at is not null

    union all

    select
        request_id as event_key,
        account_id,
        'request_created' as kind,
        cast(null as {{ text_type() }}) as variant,
        topic as title_subject,
        cast(null as {{ text_type() }}) as detail,
        created_at as occurred_at
    from feature_requests
    where not is_account_internal

    union all

    select
        request_id as event_key,
        account_id,
        'request_shipped' as kind,
        cast(null as {{ text_type() }}) as variant,
        topic as title_subject,
        cast(null as {{ text_type() }}) as detail,
        shipped_at as occurred_at
    from feature_requests
    where not is_account_internal and shipped_at is not null
),

timeline_support as (
    select
        ---------- ids
        kind || '|' || event_key as event_id,
        account_id,
        ---------- strings
        cast(kind as {{ text_type() }}) as kind,
        cast(variant as {{ text_type() }}) as variant,
        cast(null as {{ text_type() }}) as title_amount,
        title_subject,
        detail,
        ---------- numbers
        cast(null as decimal(18, 4)) as mrr_delta,
        ---------- timestamps
        occurred_at
    from support_events
)

select * from timeline_support
