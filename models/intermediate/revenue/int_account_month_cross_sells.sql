with

product_movements as (
    select * from {{ ref('int_account_product_movements') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

cross_sells as (
    select
        ---------- ids
        product_movements.account_id,
        ---------- numbers
        {{ total('product_movements.mrr_end_at_opening_rate') }} as cross_sell_mrr,
        ---------- dates
        product_movements.month
    from product_movements
    inner join mrr_monthly
        on
            product_movements.account_id = mrr_monthly.account_id
            and product_movements.month = mrr_monthly.month
    where
        not product_movements.had_product
        and mrr_monthly.is_active_start
        and mrr_monthly.is_active_end
    group by product_movements.account_id, product_movements.month
)

select * from cross_sells
