with

accounts as (
    select * from {{ ref('dim_account') }}
),

volume_periods as (
    select * from {{ ref('int_data_volume_periods') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

connected as (
    select * from {{ ref('int_sources_connected') }}
),

read_periods as (
    select
        volume_periods.*,
        volume_periods.valid_from <= as_of.as_of_date
        and volume_periods.valid_to > as_of.as_of_date as is_now,
        volume_periods.valid_from <= {{ add_days('as_of.as_of_date', -28) }}
        and volume_periods.valid_to > {{ add_days('as_of.as_of_date', -28) }} as is_28d_before
    from volume_periods
    cross join as_of
),

records_now as (
    select
        account_id,
        sum(case when is_now then record_count end) as records,
        sum(case when is_28d_before then record_count end) as records_28d_before,
        max(case when is_now then plan_limit_share end) as plan_limit_share
    from read_periods
    group by account_id
),

-- A count that no longer stands is no data, since nothing can be said of today.
account_data as (
    select
        ---------- ids
        accounts.account_id,
        ---------- strings
        cast(
            case
                when accounts.is_internal then 'not_applicable'
                when not connected.has_data_volumes then 'not_connected'
                when records_now.records is null then 'no_data'
                else 'ok'
            end as {{ text_type() }}
        ) as data_state,
        ---------- numbers
        cast(records_now.records as bigint) as records,
        {{ ratio(
            'records_now.records - records_now.records_28d_before', 'records_now.records_28d_before'
        ) }} as record_growth_28d,
        records_now.plan_limit_share
    from accounts
    cross join connected
    left join records_now
        on accounts.account_id = records_now.account_id
)

select * from account_data
