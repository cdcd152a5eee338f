with

data_volumes as (
    select * from {{ ref('int_data_volumes_current') }}
),

signals as (
    select * from {{ ref('int_account_expansion_signals') }}
),

thresholds as (
    select * from {{ ref('expansion_signals') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

ranked_snapshots as (
    select
        account_id,
        object_type,
        snapshot_date,
        row_number() over (
            partition by account_id, object_type order by snapshot_date desc
        ) as recency
    from data_volumes
    where not is_account_internal
),

-- An old count says nothing of now, whatever it was.
recent_snapshots as (
    select
        ranked_snapshots.account_id,
        ranked_snapshots.object_type,
        ranked_snapshots.snapshot_date,
        thresholds.signal
    from ranked_snapshots
    cross join as_of
    inner join thresholds
        on {{ days_between('ranked_snapshots.snapshot_date', 'as_of.as_of_date') }} < thresholds.max_age_days
    where
        ranked_snapshots.recency = 1
        and thresholds.signal = 'plan_limit'
),

plan_limits as (
    select
        ---------- ids
        recent_snapshots.account_id,
        ---------- booleans
        cast(count(signals.account_id) > 0 as boolean) as is_near_plan_limit
    from recent_snapshots
    left join signals
        on
            recent_snapshots.account_id = signals.account_id
            and recent_snapshots.object_type = signals.object_type
            and recent_snapshots.snapshot_date = signals.signal_date
            and recent_snapshots.signal = signals.signal
    group by recent_snapshots.account_id
)

select * from plan_limits
