with

account_usage as (
    select * from {{ ref('fct_account_usage') }}
),

data_volumes as (
    select * from {{ ref('int_data_volumes_current') }}
),

thresholds as (
    select * from {{ ref('expansion_signals') }}
),

signals as (
    select
        account_usage.account_id,
        thresholds.signal,
        thresholds.lookback_days,
        account_usage.date as signal_date,
        'seats' as object_type
    from account_usage
    inner join thresholds
        on account_usage.mau > thresholds.threshold * account_usage.licensed_seats
    where
        account_usage.licensed_seats > 0
        and thresholds.signal = 'seat_overage'

    union all

    select
        data_volumes.account_id,
        thresholds.signal,
        thresholds.lookback_days,
        data_volumes.snapshot_date as signal_date,
        data_volumes.object_type
    from data_volumes
    inner join thresholds
        on data_volumes.record_count >= thresholds.threshold * data_volumes.plan_limit
    where
        data_volumes.plan_limit > 0
        and not data_volumes.is_account_internal
        and thresholds.signal = 'plan_limit'
),

expansion_signals as (
    select
        ---------- ids
        account_id,
        ---------- strings
        signal,
        cast(object_type as {{ text_type() }}) as object_type,
        ---------- dates
        signal_date,
        {{ add_days('signal_date', 'lookback_days') }} as counts_until_date
    from signals
)

select * from expansion_signals
