with

timeline_events as (
    select * from {{ ref('int_timeline_events') }}
),

titles as (
    select * from {{ ref('timeline_events') }}
),

timeline_months as (
    select * from {{ ref('int_timeline_months') }}
),

-- A known event without a sentence or a place stays, so that the tests of both find it.
told_events as (
    select
        timeline_events.event_id,
        timeline_events.account_id,
        timeline_events.kind,
        timeline_events.variant,
        timeline_events.detail,
        timeline_events.mrr_delta,
        timeline_events.occurred_at,
        timeline_months.month,
        timeline_months.events_before,
        titles.rank_in_instant,
        replace(
            replace(titles.title_en, '{amount}', coalesce(timeline_events.title_amount, '')),
            '{subject}', coalesce(timeline_events.title_subject, '')
        ) as title,
        replace(
            replace(titles.title_ja, '{amount}', coalesce(timeline_events.title_amount, '')),
            '{subject}', coalesce(timeline_events.title_subject, '')
        ) as title_ja
    from timeline_events
    left join timeline_months
        on
            timeline_events.account_id = timeline_months.account_id
            and {{ month_start('timeline_events.occurred_at') }} = timeline_months.month
    left join titles
        on timeline_events.title_id = titles.title_id
),

customer_timeline as (
    select
        ---------- ids
        event_id,
        account_id,
        ---------- strings
        kind,
        variant,
        cast(title as {{ text_type() }}) as title,
        cast(title_ja as {{ text_type() }}) as title_ja,
        detail,
        ---------- numbers
        mrr_delta,
        cast(
            events_before
            + row_number() over (partition by account_id, month order by occurred_at, rank_in_instant, event_id)
            as integer
        ) as event_order,
        ---------- timestamps
        occurred_at
    from told_events
)

select * from customer_timeline
