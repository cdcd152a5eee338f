with

mrr_events as (
    select * from {{ ref('fct_mrr_event') }}
),

renewals as (
    select * from {{ ref('fct_renewal') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

mrr_changes as (
    select
        account_id,
        cause,
        event_date,
        sum(amount) as mrr_delta
    from mrr_events
    group by account_id, cause, event_date
    having sum(amount) <> 0
),

-- Only these causes can add as well as take away, and read differently then.
commercial_events as (
    select
        account_id,
        'mrr_' || cause as kind,
        case
            when cause in ('seats', 'price', 'discount', 'interval', 'fx') and mrr_delta < 0 then 'down'
            when cause in ('seats', 'price', 'discount', 'interval', 'fx') then 'up'
        end as variant,
        account_id || '|' || cast(event_date as {{ text_type() }}) as event_key,
        mrr_delta as amount,
        mrr_delta,
        event_date as happened_on
    from mrr_changes

    union all

    select
        account_id,
        'renewal_due' as kind,
        cast(null as {{ text_type() }}) as variant,
        account_id || '|' || contract_id || '|' || cast(due_date as {{ text_type() }}) as event_key,
        atr_mrr as amount,
        cast(null as decimal(18, 4)) as mrr_delta,
        due_date as happened_on
    from renewals

    union all

    select
        account_id,
        case when is_renewed then 'contract_renewed' else 'renewal_lost' end as kind,
        case when is_renewed then outcome end as variant,
        account_id || '|' || contract_id || '|' || cast(due_date as {{ text_type() }}) as event_key,
        case when is_renewed then renewed_mrr else atr_mrr end as amount,
        cast(null as decimal(18, 4)) as mrr_delta,
        case when is_renewed then renewed_on else due_date end as happened_on
    from renewals
    where not is_open
),

timeline_revenue as (
    select
        ---------- ids
        commercial_events.kind || '|' || commercial_events.event_key as event_id,
        commercial_events.account_id,
        ---------- strings
        cast(commercial_events.kind as {{ text_type() }}) as kind,
        cast(commercial_events.variant as {{ text_type() }}) as variant,
        {{ amount_text('commercial_events.amount', "'" ~ var('reporting_currency') ~ "'") }} as title_amount,
        cast(null as {{ text_type() }}) as title_subject,
        cast(null as {{ text_type() }}) as detail,
        ---------- numbers
        {{ money('commercial_events.mrr_delta') }} as mrr_delta,
        ---------- timestamps
        {{ start_of_day_utc('commercial_events.happened_on') }} as occurred_at
    from commercial_events
    cross join as_of
    where commercial_events.happened_on <= as_of.as_of_date
)

select * from timeline_revenue
