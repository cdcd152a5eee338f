with

products_held as (
    select * from {{ ref('int_account_products_held') }}
),

products_offered as (
    select * from {{ ref('int_products_offered') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

holders as (
    select
        products_held.account_id,
        products_held.product_id,
        products_held.product_mrr,
        dimensions.dimension_value as segment_value
    from products_held
    inner join dimensions
        on products_held.account_id = dimensions.account_id
    where dimensions.dimension = 'segment'
),

segment_sizes as (
    select
        segment_value,
        count(distinct account_id) as accounts_of_segment
    from holders
    group by segment_value
),

ranked_holders as (
    select
        segment_value,
        product_id,
        product_mrr,
        row_number() over (partition by segment_value, product_id order by product_mrr) as place,
        count(*) over (partition by segment_value, product_id) as holder_count
    from holders
),

-- Amounts are decimals: the mean of the one or two in the middle is exact, a percentile is a double.
middle_holders as (
    select
        segment_value,
        product_id,
        holder_count,
        (min(product_mrr) + max(product_mrr)) * cast(0.5 as decimal(2, 1)) as median_mrr
    from ranked_holders
    where
        2 * place >= holder_count
        and 2 * place <= holder_count + 2
    group by segment_value, product_id, holder_count
),

segment_products as (
    select
        ---------- ids
        products_offered.product_id,
        ---------- strings
        segment_sizes.segment_value,
        ---------- numbers
        cast(segment_sizes.accounts_of_segment as integer) as accounts_of_segment,
        cast(coalesce(middle_holders.holder_count, 0) as integer) as accounts_of_segment_with_product,
        {{ ratio(
            'coalesce(middle_holders.holder_count, 0)', 'segment_sizes.accounts_of_segment'
        ) }} as penetration_rate,
        {{ money('middle_holders.median_mrr') }} as potential_mrr
    from segment_sizes
    cross join products_offered
    left join middle_holders
        on
            segment_sizes.segment_value = middle_holders.segment_value
            and products_offered.product_id = middle_holders.product_id
)

select * from segment_products
