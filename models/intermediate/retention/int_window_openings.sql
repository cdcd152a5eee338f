with

months as (
    select * from {{ ref('int_months') }}
),

windows as (
    select 1 as window_months
    union all
    select 3 as window_months
    union all
    select 12 as window_months
),

-- A window that would open before the first month has no opening: its history is too short.
window_openings as (
    select
        ---------- numbers
        windows.window_months,
        months.month_index,
        opening_months.month_index as opening_index,
        ---------- dates
        months.month
    from months
    cross join windows
    left join months as opening_months
        on months.month_index = opening_months.month_index + windows.window_months
)

select * from window_openings
