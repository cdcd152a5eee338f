with

product_months as (
    select * from {{ ref('int_account_product_months') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- The account's amounts per currency, product after product.
running_months as (
    select
        *,
        sum(local_mrr) over (
            partition by account_id, month_index, currency order by product_id
        ) as running_mrr,
        sum(paused_local_mrr) over (
            partition by account_id, month_index, currency order by product_id
        ) as running_paused_mrr,
        sum(resumed_local_mrr) over (
            partition by account_id, month_index, currency order by product_id
        ) as running_resumed_mrr
    from product_months
    where is_current
),

-- The first month has no opening rate and nothing to open with.
rated_months as (
    select
        running_months.*,
        closing_rates.rate as closing_rate,
        coalesce(opening_rates.rate, closing_rates.rate) as opening_rate
    from running_months
    inner join rates as closing_rates
        on
            running_months.currency = closing_rates.currency
            and running_months.month_index = closing_rates.month_index
    left join rates as opening_rates
        on
            running_months.currency = opening_rates.currency
            and running_months.month_index = opening_rates.month_index + 1
),

-- What rounding adds or takes falls on some product, so that the products make the account.
shares as (
    select
        account_id,
        product_id,
        month_index,
        {{ at_rate('running_mrr', 'closing_rate') }}
        - {{ at_rate('running_mrr - local_mrr', 'closing_rate') }} as mrr_end,
        {{ at_rate('running_mrr', 'opening_rate') }}
        - {{ at_rate('running_mrr - local_mrr', 'opening_rate') }} as mrr_end_at_opening_rate,
        {{ at_rate('running_paused_mrr', 'opening_rate') }}
        - {{ at_rate('running_paused_mrr - paused_local_mrr', 'opening_rate') }} as pause_mrr,
        {{ at_rate('running_resumed_mrr', 'opening_rate') }}
        - {{ at_rate('running_resumed_mrr - resumed_local_mrr', 'opening_rate') }} as resume_mrr
    from rated_months
),

sides as (
    select
        account_id,
        product_id,
        month_index + 1 as month_index,
        mrr_end as mrr_start,
        0 as mrr_end_at_opening_rate,
        0 as mrr_end,
        0 as pause_mrr,
        0 as resume_mrr,
        1 as lines_start,
        0 as lines_end
    from shares

    union all

    select
        account_id,
        product_id,
        month_index,
        0 as mrr_start,
        mrr_end_at_opening_rate,
        mrr_end,
        pause_mrr,
        resume_mrr,
        0 as lines_start,
        1 as lines_end
    from shares
),

product_movements as (
    select
        ---------- ids
        sides.account_id,
        sides.product_id,
        ---------- numbers
        {{ money('sum(sides.mrr_start)') }} as mrr_start,
        {{ money('sum(sides.mrr_end_at_opening_rate)') }} as mrr_end_at_opening_rate,
        {{ money('sum(sides.mrr_end)') }} as mrr_end,
        {{ money('sum(sides.pause_mrr)') }} as pause_mrr,
        {{ money('sum(sides.resume_mrr)') }} as resume_mrr,
        ---------- booleans
        cast(max(sides.lines_start) = 1 as boolean) as had_product,
        cast(max(sides.lines_end) = 1 as boolean) as has_product,
        ---------- dates
        months.month
    from sides
    inner join months
        on sides.month_index = months.month_index
    group by sides.account_id, sides.product_id, months.month
)

select * from product_movements
