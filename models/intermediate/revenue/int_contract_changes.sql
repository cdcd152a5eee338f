with

versions as (
    select * from {{ ref('int_contract_versions_valued') }}
),

-- What a line makes and for whom, as one text; ends and pauses are compared apart.
described_versions as (
    select
        *,
        account_id
        || '|' || product_id
        || '|' || line_type
        || '|' || currency
        || '|' || cast(start_date as varchar)
        || '|' || cast(local_mrr as varchar)
        || '|' || cast(quantity as varchar)
        || '|' || cast(is_deleted as varchar) as shape
    from versions
),

former_versions as (
    select
        *,
        lag(account_id) over (partition by contract_line_id order by updated_at) as former_account_id,
        lag(cancel_notice_at) over (partition by contract_line_id order by updated_at) as former_notice_at,
        min(known_from) over (partition by contract_line_id) as line_known_from,
        min(known_from) over (partition by account_id, contract_id) as contract_known_from,
        lag(shape) over (partition by contract_line_id order by updated_at) as former_shape,
        lag(start_date, 1, start_date) over (
            partition by contract_line_id order by updated_at
        ) as former_start_date,
        lag(coalesce(end_date, {{ far_future() }})) over (
            partition by contract_line_id order by updated_at
        ) as former_end_date,
        lag(coalesce(cancel_effective_date, {{ far_future() }})) over (
            partition by contract_line_id order by updated_at
        ) as former_cancel_date,
        lag(coalesce(paused_from, {{ far_future() }})) over (
            partition by contract_line_id order by updated_at
        ) as former_paused_from,
        lag(coalesce(paused_until, {{ far_future() }})) over (
            partition by contract_line_id order by updated_at
        ) as former_paused_until
    from described_versions
),

-- The first day on which each kind of difference can show; far ahead where there is none.
differences as (
    select
        *,
        case
            when former_shape is null or shape <> former_shape then least(start_date, former_start_date)
            else {{ far_future() }}
        end as shape_changed_from,
        case
            when coalesce(end_date, {{ far_future() }}) <> former_end_date
                then least(coalesce(end_date, {{ far_future() }}), former_end_date)
            else {{ far_future() }}
        end as end_changed_from,
        case
            when coalesce(cancel_effective_date, {{ far_future() }}) <> former_cancel_date
                then least(coalesce(cancel_effective_date, {{ far_future() }}), former_cancel_date)
            else {{ far_future() }}
        end as cancel_changed_from,
        case
            when coalesce(paused_from, {{ far_future() }}) <> former_paused_from
                then least(coalesce(paused_from, {{ far_future() }}), former_paused_from)
            when coalesce(paused_until, {{ far_future() }}) <> former_paused_until
                then least(coalesce(paused_until, {{ far_future() }}), former_paused_until)
            else {{ far_future() }}
        end as pause_changed_from
    from former_versions
),

contract_changes as (
    select
        ---------- ids
        contract_line_id,
        account_id,
        cast(coalesce(former_account_id, account_id) as varchar) as former_account_id,
        ---------- booleans
        is_deleted,
        cast(
            former_notice_at is not null and cancel_notice_at is null and not is_deleted as boolean
        ) as withdraws_notice,
        ---------- dates
        known_from,
        line_known_from,
        cast(least(line_known_from, contract_known_from) as date) as contract_known_from,
        cast(
            least(shape_changed_from, end_changed_from, cancel_changed_from, pause_changed_from) as date
        ) as changed_from,
        ---------- timestamps
        updated_at
    from differences
)

select * from contract_changes
