with

signals as (
    select * from {{ ref('risk_signal') }}
),

silent_risks as (
    select * from {{ ref('silent_risk') }}
),

signs as (
    select
        account_id,
        signal as signal_name,
        severity,
        false as is_silent
    from signals
    where is_open

    union distinct

    select
        account_id,
        cast(null as {{ text_type() }}) as signal_name,
        cast(null as {{ text_type() }}) as severity,
        true as is_silent
    from silent_risks
    where is_open
),

open_signals as (
    select
        ---------- ids
        account_id,
        ---------- strings
        {{ sorted_list('signal_name') }} as open_signal_names,
        ---------- numbers
        cast(count(signal_name) as integer) as open_signals,
        {{ tally("case when severity = 'high' then 1 end") }} as open_high_signals,
        ---------- booleans
        max(case when signal_name = 'notice_given' then 1 else 0 end) = 1 as has_open_notice,
        max(case when is_silent then 1 else 0 end) = 1 as is_silent_risk
    from signs
    group by account_id
)

select * from open_signals
