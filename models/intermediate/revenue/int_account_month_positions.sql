with

line_months as (
    select * from {{ ref('int_line_months') }}
),

positions as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        month_index,
        {{ money('sum(seats)') }} as licensed_seats,
        cast(count(distinct product_id) as integer) as product_count,
        ---------- booleans
        cast(max(case when is_paused then 0 else 1 end) = 0 as boolean) as is_paused,
        is_current,
        ---------- dates
        known_on
    from line_months
    group by account_id, known_on, is_current, month_index
)

select * from positions
