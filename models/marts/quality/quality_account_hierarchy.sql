with

hierarchy as (
    select * from {{ ref('dim_account_hierarchy') }}
),

status_counts as (
    select
        ---------- strings
        path_status,
        ---------- numbers
        cast(count(*) as integer) as account_count
    from hierarchy
    where not is_internal
    group by path_status
)

select * from status_counts
