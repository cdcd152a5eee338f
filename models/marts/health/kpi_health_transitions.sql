with

account_month_health as (
    select * from {{ ref('int_account_month_health') }}
),

months as (
    select * from {{ ref('int_months') }}
),

health_transitions as (
    select
        ---------- strings
        account_month_health.from_band,
        account_month_health.to_band,
        ---------- numbers
        cast(count(*) as integer) as accounts,
        {{ total('account_month_health.mrr') }} as mrr,
        ---------- booleans
        months.is_complete,
        ---------- dates
        months.month
    from account_month_health
    inner join months
        on account_month_health.month = months.month
    group by
        account_month_health.from_band,
        account_month_health.to_band,
        months.is_complete,
        months.month
)

select * from health_transitions
