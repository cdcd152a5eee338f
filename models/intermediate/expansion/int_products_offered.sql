with

products as (
    select * from {{ ref('int_products_current') }}
),

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

-- The product list says what is for sale; without one, what was sold does.
products_offered as (
    select product_id
    from products

    union distinct

    select lines.product_id
    from lines
    cross join sources_connected
    where
        lines.is_recurring
        and lines.is_ever_in_force
        and not lines.is_internal
        and not sources_connected.has_products
)

select * from products_offered
