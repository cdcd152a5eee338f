with

facts as (
    select * from {{ ref('int_account_month_facts') }}
),

account_month_use as (
    select * from {{ ref('int_account_month_use') }}
),

account_month_support as (
    select * from {{ ref('int_account_month_support') }}
),

renewals as (
    select * from {{ ref('fct_renewal') }}
),

cross_sells as (
    select * from {{ ref('int_account_month_cross_sells') }}
),

due_months as (
    select
        account_id,
        month,
        {{ tally('case when not is_open then 1 end') }} as due_count,
        {{ tally('case when is_renewed then 1 end') }} as renewed_count,
        {{ total('case when not is_open then atr_mrr end') }} as atr_mrr,
        {{ total('case when not is_open then renewed_mrr end') }} as renewed_mrr,
        {{ total('case when not is_open then kept_mrr end') }} as kept_mrr,
        {{ tally('case when is_open then 1 end') }} as open_count,
        {{ total('case when is_open then atr_mrr end') }} as open_atr_mrr
    from renewals
    group by account_id, month
),

-- Tickets come in before an account begins and after it has left, contracts are due after it too.
counted_months as (
    select
        account_id,
        month
    from facts

    union distinct

    select
        account_id,
        month
    from account_month_support

    union distinct

    select
        account_id,
        month
    from due_months
),

account_months as (
    select
        ---------- ids
        counted_months.account_id,
        ---------- numbers
        {{ money('coalesce(facts.mrr_start, 0)') }} as mrr_start,
        {{ money('coalesce(facts.new_mrr, 0)') }} as new_mrr,
        {{ money('coalesce(facts.reactivation_mrr, 0)') }} as reactivation_mrr,
        {{ money('coalesce(facts.expansion_mrr, 0)') }} as expansion_mrr,
        {{ money('coalesce(cross_sells.cross_sell_mrr, 0)') }} as cross_sell_mrr,
        {{ money('coalesce(facts.contraction_mrr, 0)') }} as contraction_mrr,
        {{ money('coalesce(facts.churn_mrr, 0)') }} as churn_mrr,
        {{ money('coalesce(facts.pause_mrr, 0)') }} as pause_mrr,
        {{ money('coalesce(facts.resume_mrr, 0)') }} as resume_mrr,
        {{ money('coalesce(facts.fx_mrr, 0)') }} as fx_mrr,
        {{ money('coalesce(facts.mrr_end, 0)') }} as mrr_end,
        {{ money('coalesce(facts.carr, 0)') }} as carr,
        cast(coalesce(facts.logos_start, 0) as integer) as logos_start,
        cast(coalesce(facts.new_logos, 0) as integer) as new_logos,
        cast(coalesce(facts.reactivated_logos, 0) as integer) as reactivated_logos,
        cast(coalesce(facts.churned_logos, 0) as integer) as churned_logos,
        cast(coalesce(facts.logos_end, 0) as integer) as logos_end,
        cast(coalesce(facts.intra_month_new_logos, 0) as integer) as intra_month_new_logos,
        cast(coalesce(facts.intra_month_churned_logos, 0) as integer) as intra_month_churned_logos,
        cast(coalesce(facts.grace_logos, 0) as integer) as grace_logos,
        {{ money('coalesce(facts.grace_mrr, 0)') }} as grace_mrr,
        cast(coalesce(facts.paused_logos_end, 0) as integer) as paused_logos_end,
        cast(coalesce(facts.zero_mrr_logos_end, 0) as integer) as zero_mrr_logos_end,
        {{ money('coalesce(facts.opening_mrr_12m, 0)') }} as opening_mrr_12m,
        {{ money('coalesce(facts.closing_mrr_12m, 0)') }} as closing_mrr_12m,
        {{ money('coalesce(facts.kept_mrr_12m, 0)') }} as kept_mrr_12m,
        cast(coalesce(facts.opening_logos_12m, 0) as integer) as opening_logos_12m,
        cast(coalesce(facts.retained_logos_12m, 0) as integer) as retained_logos_12m,
        cast(coalesce(account_month_use.active_accounts, 0) as integer) as active_accounts,
        {{ money('coalesce(account_month_use.licensed_seats, 0)') }} as licensed_seats,
        cast(coalesce(account_month_use.accounts_without_login, 0) as integer) as accounts_without_login,
        cast(coalesce(account_month_support.tickets_created, 0) as integer) as tickets_created,
        cast(coalesce(account_month_support.tickets_solved, 0) as integer) as tickets_solved,
        cast(coalesce(account_month_support.backlog, 0) as integer) as backlog,
        cast(coalesce(account_month_support.tickets_reopened, 0) as integer) as tickets_reopened,
        cast(coalesce(account_month_support.tickets_escalated, 0) as integer) as tickets_escalated,
        cast(coalesce(account_month_support.csat_satisfied, 0) as integer) as csat_satisfied,
        cast(coalesce(account_month_support.csat_n, 0) as integer) as csat_n,
        cast(coalesce(due_months.due_count, 0) as integer) as due_count,
        cast(coalesce(due_months.renewed_count, 0) as integer) as renewed_count,
        {{ money('coalesce(due_months.atr_mrr, 0)') }} as atr_mrr,
        {{ money('coalesce(due_months.renewed_mrr, 0)') }} as renewed_mrr,
        {{ money('coalesce(due_months.kept_mrr, 0)') }} as kept_mrr,
        cast(coalesce(due_months.open_count, 0) as integer) as open_count,
        {{ money('coalesce(due_months.open_atr_mrr, 0)') }} as open_atr_mrr,
        ---------- dates
        counted_months.month
    from counted_months
    left join facts
        on
            counted_months.account_id = facts.account_id
            and counted_months.month = facts.month
    left join account_month_use
        on
            counted_months.account_id = account_month_use.account_id
            and counted_months.month = account_month_use.month
    left join account_month_support
        on
            counted_months.account_id = account_month_support.account_id
            and counted_months.month = account_month_support.month
    left join due_months
        on
            counted_months.account_id = due_months.account_id
            and counted_months.month = due_months.month
    left join cross_sells
        on
            counted_months.account_id = cross_sells.account_id
            and counted_months.month = cross_sells.month
)

select * from account_months
