with

volume_periods as (
    select * from {{ ref('int_data_volume_periods') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- A month is read on its closing day and on the day before it begins.
volume_months as (
    select
        volume_periods.account_id,
        volume_periods.record_count,
        volume_periods.plan_limit_share,
        months.month,
        volume_periods.valid_from <= months.state_date
        and volume_periods.valid_to > months.state_date as is_end,
        volume_periods.valid_from < months.month
        and volume_periods.valid_to >= months.month as is_start
    from volume_periods
    inner join months
        on
            volume_periods.valid_from <= months.state_date
            and volume_periods.valid_to >= months.month
),

record_months as (
    select
        account_id,
        month,
        sum(case when is_end then record_count end) as records,
        sum(case when is_start then record_count end) as records_prev,
        max(case when is_end then plan_limit_share end) as plan_limit_share
    from volume_months
    group by account_id, month
),

account_month_data as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(records as bigint) as records,
        cast(records_prev as bigint) as records_prev,
        {{ ratio('records - records_prev', 'records_prev') }} as record_growth,
        plan_limit_share,
        ---------- dates
        month
    from record_months
    where records is not null
)

select * from account_month_data
