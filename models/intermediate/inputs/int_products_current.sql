with

checked_products as (
    select * from {{ ref('int_products_checked') }}
),

current_products as (
    select
        ---------- ids
        product_id,
        ---------- strings
        product_name,
        family,
        ---------- booleans
        coalesce(is_seat_based, true) as is_seat_based
    from checked_products
    where row_end = 'staged'
)

select * from current_products
