with

checked_data_volumes as (
    select * from {{ ref('int_data_volumes_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

current_data_volumes as (
    select
        ---------- ids
        checked_data_volumes.account_id,
        ---------- strings
        checked_data_volumes.object_type,
        ---------- numbers
        checked_data_volumes.record_count,
        checked_data_volumes.plan_limit,
        ---------- booleans
        accounts.is_internal as is_account_internal,
        ---------- dates
        checked_data_volumes.snapshot_date
    from checked_data_volumes
    inner join accounts
        on checked_data_volumes.account_id = accounts.account_id
    where checked_data_volumes.row_end = 'staged'
)

select * from current_data_volumes
