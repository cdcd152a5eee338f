with

product_movements as (
    select * from {{ ref('int_account_product_movements') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

-- The account's movement is that of its products; of one that stays, each product moves by itself.
told_products as (
    select
        product_movements.*,
        mrr_monthly.movement,
        mrr_monthly.is_complete,
        mrr_monthly.is_active_start and mrr_monthly.is_active_end as is_active_both,
        product_movements.mrr_end_at_opening_rate
        - product_movements.mrr_start
        + product_movements.pause_mrr
        - product_movements.resume_mrr as remaining_change
    from product_movements
    inner join mrr_monthly
        on
            product_movements.account_id = mrr_monthly.account_id
            and product_movements.month = mrr_monthly.month
),

mrr_by_product as (
    select
        ---------- ids
        product_id,
        ---------- numbers
        {{ total('mrr_start') }} as mrr_start,
        {{ total("case when movement = 'new' then mrr_end end") }} as new_mrr,
        {{ total("case when movement = 'reactivation' then mrr_end end") }} as reactivation_mrr,
        {{ total('case when is_active_both and not had_product then remaining_change end') }} as cross_sell_mrr,
        {{ total('case when is_active_both and had_product then greatest(remaining_change, 0) end') }} as expansion_mrr,
        {{ total('case when is_active_both then greatest(-remaining_change, 0) end') }} as contraction_mrr,
        {{ total("case when movement = 'churn' then mrr_start end") }} as churn_mrr,
        {{ total('pause_mrr') }} as pause_mrr,
        {{ total('resume_mrr') }} as resume_mrr,
        {{ total('case when is_active_both then mrr_end - mrr_end_at_opening_rate end') }} as fx_mrr,
        {{ total('mrr_end') }} as mrr_end,
        {{ tally('case when has_product then 1 end') }} as logos_end,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from told_products
    group by month, is_complete, product_id
)

select * from mrr_by_product
