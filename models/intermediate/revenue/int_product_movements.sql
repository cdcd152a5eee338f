with

product_movements as (
    select * from {{ ref('int_account_product_movements') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

turned_accounts as (
    select
        account_id,
        month,
        movement
    from mrr_monthly
    where movement in ('new', 'reactivation', 'churn')
),

-- An account that comes or goes does so with all its products; of one that stays, each moves by itself.
told_products as (
    select
        product_movements.*,
        turned_accounts.movement,
        turned_accounts.movement is null as is_active_both,
        product_movements.mrr_end_at_opening_rate
        - product_movements.mrr_start
        + product_movements.pause_mrr
        - product_movements.resume_mrr as remaining_change
    from product_movements
    left join turned_accounts
        on
            product_movements.account_id = turned_accounts.account_id
            and product_movements.month = turned_accounts.month
),

movements as (
    select
        ---------- ids
        product_id,
        ---------- numbers
        {{ total("case when movement = 'new' then mrr_end end") }} as new_mrr,
        {{ total("case when movement = 'reactivation' then mrr_end end") }} as reactivation_mrr,
        {{ total('case when is_active_both and not had_product then remaining_change end') }} as cross_sell_mrr,
        {{ total('case when is_active_both and had_product then greatest(remaining_change, 0) end') }} as expansion_mrr,
        {{ total('case when is_active_both then greatest(-remaining_change, 0) end') }} as contraction_mrr,
        {{ total("case when movement = 'churn' then mrr_start end") }} as churn_mrr,
        {{ total('pause_mrr') }} as pause_mrr,
        {{ total('resume_mrr') }} as resume_mrr,
        {{ total('case when not is_active_both then mrr_end - mrr_end_at_opening_rate end') }} as entry_fx_mrr,
        {{ tally('case when has_product then 1 else 0 end - case when had_product then 1 else 0 end') }} as logo_change,
        ---------- dates
        month
    from told_products
    group by product_id, month
)

select * from movements
