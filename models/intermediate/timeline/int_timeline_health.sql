with

scores as (
    select * from {{ ref('fct_health_score') }}
),

scored_sundays as (
    select
        account_id,
        date,
        final_band,
        top_drivers,
        {{ days_between('lag(date) over (partition by account_id order by date)', 'date') }} as days_since_scored
    from scores
    where {{ is_sunday('date') }}
),

-- An active account is scored every Sunday: after a hole it has come back and begins anew.
numbered_sundays as (
    select
        *,
        sum(case when days_since_scored = 7 then 0 else 1 end) over (
            partition by account_id
            order by date
            rows between unbounded preceding and current row
        ) as spell_number
    from scored_sundays
),

-- Data that come and go are no change of health, so the last known band is what counts.
known_bands as (
    select
        account_id,
        date,
        final_band,
        top_drivers,
        lag(final_band) over (partition by account_id, spell_number order by date) as former_band
    from numbered_sundays
    where final_band <> 'unknown'
),

timeline_health as (
    select
        ---------- ids
        'health_band|' || account_id || '|' || cast(date as {{ text_type() }}) as event_id,
        account_id,
        ---------- strings
        cast('health_band' as {{ text_type() }}) as kind,
        cast(former_band || '_to_' || final_band as {{ text_type() }}) as variant,
        cast(null as {{ text_type() }}) as title_amount,
        cast(null as {{ text_type() }}) as title_subject,
        top_drivers as detail,
        ---------- numbers
        cast(null as decimal(18, 4)) as mrr_delta,
        ---------- timestamps
        {{ start_of_day_utc('date') }} as occurred_at
    from known_bands
    where former_band <> final_band
)

select * from timeline_health
