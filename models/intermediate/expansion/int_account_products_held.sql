with

line_spans as (
    select * from {{ ref('int_line_spans') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- What a paused line makes while it runs is what its product is worth to the account.
local_products as (
    select
        line_spans.account_id,
        line_spans.product_id,
        line_spans.currency,
        {{ month_index('as_of.as_of_date') }} as month_index,
        sum(line_spans.unpaused_local_mrr) as local_mrr
    from line_spans
    cross join as_of
    where
        line_spans.is_current
        and line_spans.valid_from <= as_of.as_of_date
        and line_spans.valid_to > as_of.as_of_date
    group by
        line_spans.account_id,
        line_spans.product_id,
        line_spans.currency,
        {{ month_index('as_of.as_of_date') }}
),

valued_products as (
    select
        local_products.account_id,
        local_products.product_id,
        {{ at_rate('local_products.local_mrr', 'rates.rate') }} as product_mrr
    from local_products
    inner join rates
        on
            local_products.currency = rates.currency
            and local_products.month_index = rates.month_index
),

products_held as (
    select
        ---------- ids
        account_id,
        product_id,
        ---------- numbers
        {{ total('product_mrr') }} as product_mrr
    from valued_products
    group by account_id, product_id
)

select * from products_held
