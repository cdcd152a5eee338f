with

account_risk as (
    select * from {{ ref('int_account_risk') }}
),

signals as (
    select * from {{ ref('risk_signal') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

plays as (
    select * from {{ ref('plays') }}
),

open_signals as (
    select
        signals.*,
        rules.reason_en_before,
        rules.reason_en_between,
        rules.reason_en_after,
        rules.reason_ja_before,
        rules.reason_ja_between,
        rules.reason_ja_after,
        cast(signals.days_open as {{ text_type() }}) as days_text,
        case
            when rules.threshold_unit = 'share'
                then cast(cast(floor(100 * signals.value + 0.5) as integer) as {{ text_type() }}) || '%'
            when rules.threshold_unit = 'score'
                then cast(
                    cast(
                        cast(floor(10 * signals.value + 0.5) as decimal(9, 0)) * cast(0.1 as decimal(2, 1))
                        as decimal(9, 1)
                    ) as {{ text_type() }}
                )
            else cast(cast(floor(signals.value + 0.5) as integer) as {{ text_type() }})
        end as figure,
        row_number() over (partition by signals.account_id order by rules.call_priority) as signal_rank
    from signals
    inner join rules
        on signals.signal = rules.signal
    where signals.is_open
),

calls as (
    select
        open_signals.*,
        account_risk.open_signals,
        account_risk.open_signal_names,
        account_risk.mrr_at_risk,
        account_risk.days_left,
        account_risk.is_silent_risk,
        plays.play_en,
        plays.play_ja,
        plays.owner_role,
        cast(
            row_number() over (
                order by
                    account_risk.mrr_at_risk desc,
                    coalesce(account_risk.days_left, 1000000) asc,
                    open_signals.account_id asc
            ) as integer
        ) as call_rank,
        open_signals.reason_en_before || ' ' || open_signals.figure || ' ' || open_signals.reason_en_between
        || ' ' || open_signals.days_text || open_signals.reason_en_after as reason_en,
        open_signals.reason_ja_before || open_signals.figure || open_signals.reason_ja_between
        || open_signals.days_text || open_signals.reason_ja_after as reason_ja
    from open_signals
    inner join account_risk
        on open_signals.account_id = account_risk.account_id
    inner join plays
        on open_signals.signal = plays.signal
    where open_signals.signal_rank = 1
),

ranked_calls as (
    select
        ---------- ids
        account_id,
        ---------- strings
        signal as main_signal,
        severity,
        reason_en,
        reason_ja,
        play_en,
        play_ja,
        owner_role,
        open_signal_names,
        ---------- numbers
        call_rank,
        mrr_at_risk,
        days_left,
        open_signals,
        ---------- booleans
        is_silent_risk,
        ---------- dates
        opened_on
    from calls
)

select * from ranked_calls
