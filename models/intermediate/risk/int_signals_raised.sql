with

usage_signals as (
    select * from {{ ref('int_usage_signals') }}
),

ticket_signals as (
    select * from {{ ref('int_ticket_signals') }}
),

voice_signals as (
    select * from {{ ref('int_voice_signals') }}
),

contact_signals as (
    select * from {{ ref('int_contact_signals') }}
),

commercial_signals as (
    select * from {{ ref('int_commercial_signals') }}
),

all_signals as (
    select *
    from usage_signals

    union all

    select *
    from ticket_signals

    union all

    select *
    from voice_signals

    union all

    select *
    from contact_signals

    union all

    select *
    from commercial_signals
),

signals_raised as (
    select
        ---------- ids
        account_id,
        ---------- strings
        signal,
        ---------- numbers
        value,
        threshold,
        ---------- dates
        counted_from,
        opened_on,
        closed_on
    from all_signals
)

select * from signals_raised
