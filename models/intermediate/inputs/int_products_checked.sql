with

products as (
    select * from {{ ref('stg_raw__products') }}
),

facts as (
    select
        *,
        false as is_future_event
    from products
),

checked as (
    select
        *,
        {{ quarantine_reasons('products') }} as reasons
    from facts
),

ended as (
    select
        ---------- ids
        product_id,
        ---------- strings
        product_name,
        family,
        ---------- booleans
        is_seat_based,
        ---------- checks
        is_future_event,
        empty_key_cells,
        empty_required_cells,
        bad_cells,
        unlisted_cells,
        row_key,
        reasons,
        ---------- origin
        source_file,
        source_row_number,
        ---------- end
        {{ row_end('product_id') }} as row_end
    from checked
)

select * from ended
