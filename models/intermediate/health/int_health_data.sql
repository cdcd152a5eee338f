with

observations as (
    select * from {{ ref('int_health_observations') }}
),

observation_dates as (
    select * from {{ ref('int_observation_dates') }}
),

volume_periods as (
    select * from {{ ref('int_data_volume_periods') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

changes as (
    select
        account_id,
        valid_from as changed_on,
        valid_from as counted_on,
        1 as count_change,
        record_count as record_change
    from volume_periods

    union all

    select
        account_id,
        valid_to as changed_on,
        cast(null as date) as counted_on,
        -1 as count_change,
        -record_count as record_change
    from volume_periods
),

positions as (
    select
        account_id,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id order by changed_on) as valid_to,
        max(max(counted_on)) over (partition by account_id order by changed_on) as counted_on,
        sum(sum(count_change)) over (partition by account_id order by changed_on) as counts,
        sum(sum(record_change)) over (partition by account_id order by changed_on) as records
    from changes
    group by account_id, changed_on
),

records_now as (
    select
        positions.account_id,
        positions.counted_on,
        positions.counts,
        positions.records,
        observation_dates.date
    from positions
    inner join observation_dates
        on
            positions.valid_from <= observation_dates.date
            and positions.valid_to > observation_dates.date
),

-- What stood on the last day before the window of 28 days.
records_before as (
    select
        positions.account_id,
        positions.counts,
        positions.records,
        observation_dates.date
    from positions
    inner join observation_dates
        on
            positions.valid_from < observation_dates.window_start
            and positions.valid_to >= observation_dates.window_start
),

-- An export of one type of object that began or stopped is no growth of the data.
valued as (
    select
        observations.account_id,
        observations.date,
        sources_connected.has_data_volumes,
        records_now.counted_on,
        case
            when records_now.counts = records_before.counts
                then {{ ratio('records_now.records - records_before.records', 'records_before.records') }}
        end as data_growth
    from observations
    cross join sources_connected
    left join records_now
        on
            observations.account_id = records_now.account_id
            and observations.date = records_now.date
    left join records_before
        on
            observations.account_id = records_before.account_id
            and observations.date = records_before.date
),

health_data as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        data_growth,
        ---------- booleans
        has_data_volumes as data_growth_applies,
        ---------- dates
        date,
        case when data_growth is not null then counted_on end as data_growth_on
    from valued
)

select * from health_data
