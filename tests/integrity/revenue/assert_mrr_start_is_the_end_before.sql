with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

months_before as (
    select
        account_id,
        month,
        mrr_start,
        is_active_start,
        lag(mrr_end, 1, 0) over (partition by account_id order by month) as mrr_end_before,
        lag(is_active_end, 1, false) over (partition by account_id order by month) as was_active_end
    from mrr_monthly
),

broken_chains as (
    select *
    from months_before
    where
        abs(mrr_start - mrr_end_before) >= 0.0001
        or is_active_start <> was_active_end
)

select * from broken_chains
