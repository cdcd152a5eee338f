with

versions as (
    select * from {{ ref('int_contract_versions_valued') }}
),

-- The first day on which each kind of difference to the version before can show; far ahead without one.
differences as (
    select
        versions.*,
        coalesce(former.account_id, versions.account_id) as former_account_id,
        former.cancel_notice_at as former_notice_at,
        case
            when former.contract_line_id is null then versions.start_date
            when
                versions.account_id <> former.account_id
                or versions.product_id <> former.product_id
                or versions.line_type <> former.line_type
                or versions.currency <> former.currency
                or versions.start_date <> former.start_date
                or versions.local_mrr <> former.local_mrr
                or versions.quantity <> former.quantity
                or versions.is_deleted <> former.is_deleted
                then least(versions.start_date, former.start_date)
            else {{ far_future() }}
        end as shape_changed_from,
        {{ first_difference('versions.end_date', 'former.end_date') }} as end_changed_from,
        {{ first_difference(
            'versions.cancel_effective_date', 'former.cancel_effective_date'
        ) }} as cancel_changed_from,
        {{ first_difference('versions.paused_from', 'former.paused_from') }} as pause_changed_from,
        {{ first_difference('versions.paused_until', 'former.paused_until') }} as resume_changed_from
    from versions
    left join versions as former
        on
            versions.contract_line_id = former.contract_line_id
            and versions.updated_at = former.next_updated_at
            and not former.is_latest
),

dated_changes as (
    select
        *,
        least(
            shape_changed_from, end_changed_from, cancel_changed_from, pause_changed_from, resume_changed_from
        ) as changed_from
    from differences
),

known_lines as (
    select
        contract_line_id,
        min(known_from) as line_known_from,
        min(case when cancel_notice_at is not null then known_from end) as notice_known_from
    from versions
    group by contract_line_id
),

known_contracts as (
    select
        account_id,
        contract_id,
        min(known_from) as contract_known_from
    from versions
    group by account_id, contract_id
),

contract_changes as (
    select
        ---------- ids
        dated_changes.contract_line_id,
        dated_changes.account_id,
        dated_changes.former_account_id,
        ---------- booleans
        dated_changes.is_deleted,
        cast(
            dated_changes.former_notice_at is not null
            and dated_changes.cancel_notice_at is null
            and not dated_changes.is_deleted as boolean
        ) as withdraws_notice,
        ---------- dates
        dated_changes.known_from,
        known_lines.line_known_from,
        known_lines.notice_known_from,
        cast(least(known_lines.line_known_from, known_contracts.contract_known_from) as date) as contract_known_from,
        dated_changes.changed_from,
        ---------- timestamps
        dated_changes.updated_at
    from dated_changes
    inner join known_lines
        on dated_changes.contract_line_id = known_lines.contract_line_id
    inner join known_contracts
        on
            dated_changes.account_id = known_contracts.account_id
            and dated_changes.contract_id = known_contracts.contract_id
    where dated_changes.changed_from < dated_changes.known_from
)

select * from contract_changes
