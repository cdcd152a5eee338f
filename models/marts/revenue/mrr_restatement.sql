with

restated as (
    select * from {{ ref('int_restated_account_months') }}
),

changes as (
    select * from {{ ref('int_contract_changes') }}
),

-- A line that was moved to another account changed both.
account_changes as (
    select
        account_id,
        known_from,
        changed_from,
        line_known_from,
        notice_known_from,
        contract_known_from,
        is_deleted,
        withdraws_notice
    from changes

    union all

    select
        former_account_id as account_id,
        known_from,
        changed_from,
        line_known_from,
        notice_known_from,
        contract_known_from,
        is_deleted,
        withdraws_notice
    from changes
    where former_account_id <> account_id
),

late_changes as (
    select
        restated.account_id,
        restated.month,
        max(
            case
                when account_changes.withdraws_notice and account_changes.notice_known_from <= restated.known_on then 1
                else 0
            end
        ) as withdrawn_notices,
        max(
            case
                when account_changes.is_deleted and account_changes.line_known_from <= restated.known_on then 1
                else 0
            end
        ) as deleted_lines,
        max(case when account_changes.contract_known_from <= restated.known_on then 1 else 0 end) as amendments
    from restated
    inner join account_changes
        on
            restated.account_id = account_changes.account_id
            and restated.known_on < account_changes.known_from
            and restated.month_end_date >= account_changes.changed_from
    group by restated.account_id, restated.month
),

mrr_restatement as (
    select
        ---------- ids
        restated.account_id,
        ---------- strings
        case
            when restated.is_grace_reported and not restated.is_active_current then 'grace_expired'
            when restated.has_lapsed_reported and restated.is_active_current then 'late_renewal'
            when late_changes.withdrawn_notices = 1 then 'withdrawn_notice'
            when late_changes.deleted_lines = 1 then 'deleted_line'
            when late_changes.amendments = 1 then 'back_dated_amendment'
            else 'late_entry'
        end as cause,
        ---------- numbers
        restated.mrr_end_reported,
        restated.mrr_end_current,
        {{ money('restated.mrr_end_current - restated.mrr_end_reported') }} as difference,
        ---------- dates
        restated.known_on as reported_on,
        restated.month
    from restated
    left join late_changes
        on
            restated.account_id = late_changes.account_id
            and restated.month = late_changes.month
)

select * from mrr_restatement
