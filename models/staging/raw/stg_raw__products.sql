with

source as (
    select * from {{ source('raw', 'products') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('product_id') }} as product_id,
        ---------- strings
        {{ parse_text('product_name') }} as product_name,
        {{ parse_text('family') }} as family,
        ---------- booleans
        {{ parse_boolean('is_seat_based') }} as is_seat_based,
        ---------- origin
        {{ row_origin('products') }}
    from source
)

select * from typed
