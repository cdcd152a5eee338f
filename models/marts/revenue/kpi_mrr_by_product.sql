with

month_ends as (
    select * from {{ ref('int_product_month_ends') }}
),

movements as (
    select * from {{ ref('int_product_movements') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- One row per side, so that a product that nobody has any more still closes its bridge.
sides as (
    select
        product_id,
        month_index + 1 as month_index,
        mrr_end as mrr_start,
        0 as mrr_end,
        0 as rate_effect
    from month_ends

    union all

    select
        product_id,
        month_index,
        0 as mrr_start,
        mrr_end,
        mrr_end - mrr_end_at_opening_rate as rate_effect
    from month_ends
),

product_months as (
    select
        sides.product_id,
        months.month,
        months.is_complete,
        sum(sides.mrr_start) as mrr_start,
        sum(sides.mrr_end) as mrr_end,
        sum(sides.rate_effect) as rate_effect
    from sides
    inner join months
        on sides.month_index = months.month_index
    group by sides.product_id, months.month, months.is_complete
),

-- What an account brings with it is valued at the closing rate alone and has no part in fx.
mrr_by_product as (
    select
        ---------- ids
        product_months.product_id,
        ---------- numbers
        {{ money('product_months.mrr_start') }} as mrr_start,
        {{ money('coalesce(movements.new_mrr, 0)') }} as new_mrr,
        {{ money('coalesce(movements.reactivation_mrr, 0)') }} as reactivation_mrr,
        {{ money('coalesce(movements.cross_sell_mrr, 0)') }} as cross_sell_mrr,
        {{ money('coalesce(movements.expansion_mrr, 0)') }} as expansion_mrr,
        {{ money('coalesce(movements.contraction_mrr, 0)') }} as contraction_mrr,
        {{ money('coalesce(movements.churn_mrr, 0)') }} as churn_mrr,
        {{ money('coalesce(movements.pause_mrr, 0)') }} as pause_mrr,
        {{ money('coalesce(movements.resume_mrr, 0)') }} as resume_mrr,
        {{ money('product_months.rate_effect - coalesce(movements.entry_fx_mrr, 0)') }} as fx_mrr,
        {{ money('product_months.mrr_end') }} as mrr_end,
        cast(
            sum(coalesce(movements.logo_change, 0)) over (
                partition by product_months.product_id order by product_months.month
            ) as integer
        ) as logos_end,
        ---------- booleans
        product_months.is_complete,
        ---------- dates
        product_months.month
    from product_months
    left join movements
        on
            product_months.product_id = movements.product_id
            and product_months.month = movements.month
)

select * from mrr_by_product
