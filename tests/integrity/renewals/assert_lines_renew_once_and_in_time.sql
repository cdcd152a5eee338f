with

renewals as (
    select * from {{ ref('fct_renewal') }}
),

renewing_lines as (
    select * from {{ ref('int_contract_lines_renewing') }}
),

counted_lines as (
    select
        *,
        count(*) over (partition by contract_line_id, start_date) as times_used,
        {{ days_between('due_date', 'start_date') }} as days_late
    from renewing_lines
),

misplaced_lines as (
    select
        counted_lines.contract_line_id,
        counted_lines.start_date,
        counted_lines.renewed_contract_id,
        counted_lines.due_date
    from counted_lines
    left join renewals
        on
            counted_lines.account_id = renewals.account_id
            and counted_lines.renewed_contract_id = renewals.contract_id
            and counted_lines.due_date = renewals.due_date
    where
        renewals.account_id is null
        or counted_lines.times_used > 1
        or counted_lines.days_late > {{ var('renewal_grace_days') }}
        or (
            not counted_lines.is_extension
            and counted_lines.days_late < case when counted_lines.is_naming then -90 else 0 end
        )
)

select * from misplaced_lines
