with

currency_months as (
    select * from {{ ref('int_account_currency_months') }}
),

account_months as (
    select * from {{ ref('int_account_months') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

window_openings as (
    select * from {{ ref('int_window_openings') }}
),

longest_window as (
    select max(window_months) as window_months
    from window_openings
),

current_months as (
    select *
    from currency_months
    where is_current
),

-- Few months change anything: all others lose and gain nothing, whatever rate values them.
changed_months as (
    select
        coalesce(closing.account_id, opening.account_id) as account_id,
        coalesce(closing.currency, opening.currency) as currency,
        coalesce(closing.month_index, opening.month_index + 1) as month_index,
        coalesce(opening.local_mrr, 0) as local_before,
        coalesce(closing.local_mrr, 0) as local_after
    from current_months as closing
    full outer join current_months as opening
        on
            closing.account_id = opening.account_id
            and closing.currency = opening.currency
            and closing.month_index = opening.month_index + 1
    where coalesce(opening.local_mrr, 0) <> coalesce(closing.local_mrr, 0)
),

-- What pauses and resumes is no loss and no gain, so it is put back as a change of its own.
local_changes as (
    select *
    from changed_months

    union all

    select
        account_id,
        currency,
        month_index,
        resumed_local_mrr as local_before,
        paused_local_mrr as local_after
    from current_months
    where
        paused_local_mrr <> 0
        or resumed_local_mrr <> 0
),

valued_changes as (
    select
        local_changes.account_id,
        local_changes.month_index,
        rates.month_index as opening_index,
        sum(
            {{ at_rate('local_changes.local_after', 'rates.rate') }}
            - {{ at_rate('local_changes.local_before', 'rates.rate') }}
        ) as change_mrr
    from local_changes
    cross join longest_window
    inner join rates
        on
            local_changes.currency = rates.currency
            and local_changes.month_index > rates.month_index
            and local_changes.month_index <= rates.month_index + longest_window.window_months
    group by
        local_changes.account_id,
        local_changes.month_index,
        rates.month_index
),

cohort_losses as (
    select
        ---------- numbers
        valued_changes.opening_index,
        valued_changes.month_index,
        {{ total('greatest(-valued_changes.change_mrr, 0)') }} as lost_cohort_mrr,
        {{ total('greatest(valued_changes.change_mrr, 0)') }} as gained_cohort_mrr
    from valued_changes
    inner join account_months
        on
            valued_changes.account_id = account_months.account_id
            and valued_changes.opening_index = account_months.month_index
    where
        account_months.is_current
        and account_months.is_active_end
    group by
        valued_changes.opening_index,
        valued_changes.month_index
)

select * from cohort_losses
