with

events as (
    select * from {{ ref('fct_mrr_event') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

event_sums as (
    select
        account_id,
        {{ month_start('event_date') }} as month,
        sum(amount) as amount,
        sum(case when cause = 'fx' then amount else 0 end) as fx_amount
    from events
    group by account_id, {{ month_start('event_date') }}
),

differing_months as (
    select
        event_sums.amount,
        coalesce(event_sums.account_id, mrr_monthly.account_id) as account_id,
        coalesce(event_sums.month, mrr_monthly.month) as month,
        mrr_monthly.mrr_end - mrr_monthly.mrr_start as mrr_change
    from event_sums
    full outer join mrr_monthly
        on
            event_sums.account_id = mrr_monthly.account_id
            and event_sums.month = mrr_monthly.month
    where
        mrr_monthly.account_id is null
        or coalesce(event_sums.amount, 0) <> mrr_monthly.mrr_end - mrr_monthly.mrr_start
        or coalesce(event_sums.fx_amount, 0) <> mrr_monthly.fx_mrr
)

select * from differing_months
