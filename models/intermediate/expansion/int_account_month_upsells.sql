with

product_movements as (
    select * from {{ ref('int_account_product_movements') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

product_changes as (
    select
        product_movements.account_id,
        product_movements.month,
        product_movements.mrr_end_at_opening_rate
        - product_movements.mrr_start
        + product_movements.pause_mrr
        - product_movements.resume_mrr as remaining_change
    from product_movements
    inner join mrr_monthly
        on
            product_movements.account_id = mrr_monthly.account_id
            and product_movements.month = mrr_monthly.month
    where
        product_movements.had_product
        and mrr_monthly.is_active_start
        and mrr_monthly.is_active_end
),

upsells as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        {{ total('remaining_change') }} as upsell_mrr,
        ---------- dates
        month
    from product_changes
    where remaining_change > 0
    group by account_id, month
)

select * from upsells
