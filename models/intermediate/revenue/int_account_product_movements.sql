with

product_stretches as (
    select * from {{ ref('int_account_product_stretches') }}
),

pause_changes as (
    select * from {{ ref('int_pause_changes') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

-- Each side with the account's running total per currency, product after product.
sides as (
    select
        account_id,
        product_id,
        currency,
        next_month_index as month_index,
        'opening' as side,
        local_mrr,
        running_local_mrr
    from product_stretches

    union all

    select
        account_id,
        product_id,
        currency,
        first_month_index as month_index,
        'closing' as side,
        local_mrr,
        running_local_mrr
    from product_stretches

    union all

    select
        account_id,
        product_id,
        currency,
        month_index,
        'paused' as side,
        paused_local_mrr as local_mrr,
        sum(paused_local_mrr) over (
            partition by account_id, month_index, currency order by product_id
        ) as running_local_mrr
    from pause_changes
    where is_current

    union all

    select
        account_id,
        product_id,
        currency,
        month_index,
        'resumed' as side,
        resumed_local_mrr as local_mrr,
        sum(resumed_local_mrr) over (
            partition by account_id, month_index, currency order by product_id
        ) as running_local_mrr
    from pause_changes
    where is_current
),

-- What rounding adds or takes falls on some product, so that the products make the account.
shares as (
    select
        sides.account_id,
        sides.product_id,
        sides.side,
        rates.month,
        {{ at_rate('sides.running_local_mrr', 'rates.rate_before') }}
        - {{ at_rate('sides.running_local_mrr - sides.local_mrr', 'rates.rate_before') }} as mrr_at_opening_rate,
        {{ at_rate('sides.running_local_mrr', 'rates.rate') }}
        - {{ at_rate('sides.running_local_mrr - sides.local_mrr', 'rates.rate') }} as mrr_at_closing_rate
    from sides
    inner join rates
        on
            sides.currency = rates.currency
            and sides.month_index = rates.month_index
),

product_movements as (
    select
        ---------- ids
        account_id,
        product_id,
        ---------- numbers
        {{ total("case when side = 'opening' then mrr_at_opening_rate end") }} as mrr_start,
        {{ total("case when side = 'closing' then mrr_at_opening_rate end") }} as mrr_end_at_opening_rate,
        {{ total("case when side = 'closing' then mrr_at_closing_rate end") }} as mrr_end,
        {{ total("case when side = 'paused' then mrr_at_opening_rate end") }} as pause_mrr,
        {{ total("case when side = 'resumed' then mrr_at_opening_rate end") }} as resume_mrr,
        ---------- booleans
        cast(max(case when side = 'opening' then 1 else 0 end) = 1 as boolean) as had_product,
        cast(max(case when side = 'closing' then 1 else 0 end) = 1 as boolean) as has_product,
        ---------- dates
        month
    from shares
    group by account_id, product_id, month
)

select * from product_movements
