with

products as (
    select * from {{ ref('stg_raw__products') }}
),

facts as (
    select
        products.*,
        false as is_future_event
    from products
),

checked as (
    select
        facts.*,
        {{ quarantine_reasons('products') }} as reasons
    from facts
),

ended as (
    select
        checked.*,
        {{ row_end('product_id') }} as row_end
    from checked
)

select * from ended
