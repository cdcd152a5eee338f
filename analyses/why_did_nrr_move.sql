-- Why did NRR move last quarter?
--
-- NRR of 12 months at the last final month beside that of three months before. NRR less 1 is a sum over the
-- cohort's accounts: what each pays now less what it paid then, over what the whole cohort paid then. So the
-- change of NRR splits exactly, by what became of the accounts and by account.
--
-- How to read it: shares of the cohort's opening MRR; `share_change` is in points of NRR and adds up over the four
-- causes to the `all` row. `left`: not active at the end. `paused`: active, all lines paused. `shrank`, `grew`:
-- active and paying less, or more, than 12 months before. An account stands under the cause it has at each end,
-- so one that shrank until spring and left in summer moves from one cause to the other. Of the accounts, those
-- that moved NRR most come first, to either side; one whose window rolled out of a loss moves it up.
with

windows as (
    select * from {{ ref('int_retention_windows') }}
),

positions as (
    select * from {{ ref('int_account_month_positions') }}
),

months as (
    select * from {{ ref('int_months') }}
),

last_final_month as (
    select max(month_index) as month_index
    from months
    where is_final
),

account_changes as (
    select
        windows.account_id,
        case
            when not windows.is_retained then 'left'
            when positions.is_paused then 'paused'
            when windows.closing_mrr < windows.opening_mrr then 'shrank'
            when windows.closing_mrr > windows.opening_mrr then 'grew'
            else 'unchanged'
        end as cause,
        windows.month_index = last_final_month.month_index as is_now,
        {{ ratio(
            'windows.closing_mrr - windows.opening_mrr',
            'sum(windows.opening_mrr) over (partition by windows.month_index)'
        ) }} as change_share
    from windows
    cross join last_final_month
    left join positions
        on
            windows.account_id = positions.account_id
            and windows.month_index = positions.month_index
            and positions.is_current
    where
        windows.window_months = 12
        and windows.month_index in (last_final_month.month_index, last_final_month.month_index - 3)
),

parts as (
    select
        'all' as part,
        'nrr_12m' as subject,
        is_now,
        change_share,
        cast(null as {{ text_type() }}) as cause
    from account_changes

    union all

    select
        'cause' as part,
        cause as subject,
        is_now,
        change_share,
        cast(null as {{ text_type() }}) as cause
    from account_changes
    where cause <> 'unchanged'

    union all

    select
        'account' as part,
        account_id as subject,
        is_now,
        change_share,
        cause
    from account_changes
),

compared_parts as (
    select
        part,
        subject,
        max(case when not is_now then cause end) as cause_before,
        max(case when is_now then cause end) as cause_now,
        sum(case when is_now then 0 else change_share end) as share_before,
        sum(case when is_now then change_share else 0 end) as share_now,
        sum(case when is_now then change_share else -change_share end) as share_change
    from parts
    group by part, subject
),

ranked_parts as (
    select
        *,
        row_number() over (partition by part order by abs(share_change) desc, subject) as standing
    from compared_parts
)

select
    part,
    subject,
    cause_before,
    cause_now,
    share_before,
    share_now,
    share_change
from ranked_parts
where standing <= 20
order by
    case part when 'all' then 1 when 'cause' then 2 else 3 end,
    standing
