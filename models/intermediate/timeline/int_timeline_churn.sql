with

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

churn_steps as (
    select
        churn_event_id,
        account_id,
        'notice_given' as kind,
        case when status = 'saved' then 'withdrawn' else 'standing' end as variant,
        cast(null as integer) as days_away,
        cast(null as {{ text_type() }}) as detail,
        mrr_lost,
        notice_date as happened_on
    from churn_events
    where notice_date is not null

    union all

    select
        churn_event_id,
        account_id,
        'coverage_ended' as kind,
        cast(null as {{ text_type() }}) as variant,
        cast(null as integer) as days_away,
        cast(null as {{ text_type() }}) as detail,
        mrr_lost,
        churn_date as happened_on
    from churn_events
    where status = 'grace'

    union all

    select
        churn_event_id,
        account_id,
        'customer_left' as kind,
        churn_type as variant,
        cast(null as integer) as days_away,
        cancel_reason as detail,
        mrr_lost,
        churn_date as happened_on
    from churn_events
    where is_recognised

    union all

    select
        churn_event_id,
        account_id,
        status as kind,
        cast(null as {{ text_type() }}) as variant,
        {{ days_between('churn_date', 'returned_on') }} as days_away,
        cast(null as {{ text_type() }}) as detail,
        mrr_lost,
        returned_on as happened_on
    from churn_events
    where status in ('renewed_late', 'won_back')
),

timeline_churn as (
    select
        ---------- ids
        kind || '|' || churn_event_id as event_id,
        account_id,
        ---------- strings
        cast(kind as {{ text_type() }}) as kind,
        cast(variant as {{ text_type() }}) as variant,
        {{ amount_text('mrr_lost', "'" ~ var('reporting_currency') ~ "'") }} as title_amount,
        cast(days_away as {{ text_type() }}) as title_subject,
        detail,
        ---------- numbers
        cast(null as decimal(18, 4)) as mrr_delta,
        ---------- timestamps
        {{ start_of_day_utc('happened_on') }} as occurred_at
    from churn_steps
)

select * from timeline_churn
