with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

latest_month as (
    select max(month_index) as latest_index
    from months
),

recent_movements as (
    select
        mrr_monthly.account_id,
        mrr_monthly.mrr_end,
        case when months.is_as_of_month then mrr_monthly.mrr_end end as mrr_now,
        case
            when months.month_index > latest_month.latest_index - 12 then mrr_monthly.expansion_mrr
        end as expansion_mrr_12m
    from mrr_monthly
    cross join latest_month
    inner join months
        on mrr_monthly.month = months.month
),

account_value as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        {{ total('mrr_end') }} as lifetime_mrr_paid,
        {{ total('expansion_mrr_12m') }} as expansion_mrr_12m,
        {{ total('mrr_now') }} as mrr
    from recent_movements
    group by account_id
)

select * from account_value
