with

products_held as (
    select * from {{ ref('int_account_products_held') }}
),

segment_products as (
    select * from {{ ref('int_segment_products') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

-- An account is active exactly while it holds something.
active_accounts as (
    select distinct
        products_held.account_id,
        dimensions.dimension_value as segment_value
    from products_held
    inner join dimensions
        on products_held.account_id = dimensions.account_id
    where dimensions.dimension = 'segment'
),

whitespace as (
    select
        ---------- ids
        active_accounts.account_id,
        segment_products.product_id,
        ---------- strings
        active_accounts.segment_value,
        ---------- numbers
        segment_products.accounts_of_segment,
        segment_products.accounts_of_segment_with_product,
        segment_products.penetration_rate,
        segment_products.potential_mrr
    from active_accounts
    inner join segment_products
        on active_accounts.segment_value = segment_products.segment_value
    left join products_held
        on
            active_accounts.account_id = products_held.account_id
            and segment_products.product_id = products_held.product_id
    where products_held.account_id is null
)

select * from whitespace
