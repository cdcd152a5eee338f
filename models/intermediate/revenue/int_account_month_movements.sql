with

account_months as (
    select * from {{ ref('int_account_months') }}
),

currency_movements as (
    select * from {{ ref('int_account_currency_movements') }}
),

account_amounts as (
    select
        account_id,
        known_on,
        month_index,
        sum(mrr_start) as mrr_start,
        sum(mrr_end_at_opening_rate) as mrr_end_at_opening_rate,
        sum(mrr_end) as mrr_end,
        sum(pause_mrr) as pause_mrr,
        sum(resume_mrr) as resume_mrr
    from currency_movements
    group by account_id, known_on, month_index
),

valued_months as (
    select
        account_months.*,
        coalesce(account_amounts.mrr_start, 0) as mrr_start,
        coalesce(account_amounts.mrr_end_at_opening_rate, 0) as mrr_end_at_opening_rate,
        coalesce(account_amounts.mrr_end, 0) as mrr_end,
        coalesce(account_amounts.pause_mrr, 0) as pause_mrr,
        coalesce(account_amounts.resume_mrr, 0) as resume_mrr,
        coalesce(account_amounts.mrr_end_at_opening_rate, 0)
        - coalesce(account_amounts.mrr_start, 0)
        + coalesce(account_amounts.pause_mrr, 0)
        - coalesce(account_amounts.resume_mrr, 0) as remaining_change
    from account_months
    left join account_amounts
        on
            account_months.account_id = account_amounts.account_id
            and account_months.known_on = account_amounts.known_on
            and account_months.month_index = account_amounts.month_index
),

movements as (
    select
        *,
        case
            when is_active_end and not is_active_start and not was_active_before then 'new'
            when is_active_end and not is_active_start then 'reactivation'
            when is_active_start and not is_active_end then 'churn'
            when is_active_start and remaining_change > 0 then 'expansion'
            when is_active_start and remaining_change < 0 then 'contraction'
            else 'none'
        end as movement,
        is_active_start and is_active_end as is_active_both
    from valued_months
),

account_month_movements as (
    select
        ---------- ids
        account_id,
        ---------- strings
        movement,
        ---------- numbers
        {{ money('mrr_start') }} as mrr_start,
        {{ money("case when movement = 'new' then mrr_end else 0 end") }} as new_mrr,
        {{ money("case when movement = 'reactivation' then mrr_end else 0 end") }} as reactivation_mrr,
        {{ money("case when movement = 'expansion' then remaining_change else 0 end") }} as expansion_mrr,
        {{ money("case when movement = 'contraction' then -remaining_change else 0 end") }} as contraction_mrr,
        {{ money("case when movement = 'churn' then mrr_start else 0 end") }} as churn_mrr,
        {{ money('case when is_active_both then pause_mrr else 0 end') }} as pause_mrr,
        {{ money('case when is_active_both then resume_mrr else 0 end') }} as resume_mrr,
        {{ money('case when is_active_both then mrr_end - mrr_end_at_opening_rate else 0 end') }} as fx_mrr,
        {{ money('mrr_end') }} as mrr_end,
        started_spells - case when movement in ('new', 'reactivation') then 1 else 0 end as intra_month_starts,
        ended_spells - case when movement = 'churn' then 1 else 0 end as intra_month_ends,
        ---------- booleans
        is_active_start,
        is_active_end,
        is_grace,
        is_complete,
        is_final,
        is_current,
        ---------- dates
        known_on,
        month
    from movements
)

select * from account_month_movements
