with

data_volumes as (
    select * from {{ ref('int_data_volumes_current') }}
),

parameters as (
    select * from {{ ref('engagement_parameters') }}
),

followed_snapshots as (
    select
        *,
        lead(snapshot_date, 1, {{ far_future() }}) over (
            partition by account_id, object_type order by snapshot_date
        ) as next_snapshot_date
    from data_volumes
    where not is_account_internal
),

data_volume_periods as (
    select
        ---------- ids
        followed_snapshots.account_id,
        ---------- strings
        followed_snapshots.object_type,
        ---------- numbers
        followed_snapshots.record_count,
        {{ ratio('followed_snapshots.record_count', 'followed_snapshots.plan_limit') }} as plan_limit_share,
        ---------- dates
        followed_snapshots.snapshot_date as valid_from,
        least(
            followed_snapshots.next_snapshot_date,
            {{ add_days('followed_snapshots.snapshot_date', 'parameters.parameter_value') }}
        ) as valid_to
    from followed_snapshots
    cross join parameters
    where parameters.parameter = 'snapshot_days'
)

select * from data_volume_periods
