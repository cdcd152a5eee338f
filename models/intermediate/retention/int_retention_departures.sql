with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

account_months as (
    select * from {{ ref('int_account_months') }}
),

churned_accounts as (
    select
        account_id,
        {{ month_index('month') }} as month_index,
        lag({{ month_index('month') }}) over (partition by account_id order by month) as previous_index
    from mrr_monthly
    where movement = 'churn'
),

-- An account that churns twice departs once from each cohort: at its first churn after the opening.
departed_accounts as (
    select
        ---------- numbers
        account_months.month_index as opening_index,
        churned_accounts.month_index,
        cast(count(*) as integer) as departed_logos
    from churned_accounts
    inner join account_months
        on
            churned_accounts.account_id = account_months.account_id
            and churned_accounts.month_index > account_months.month_index
            and coalesce(churned_accounts.previous_index < account_months.month_index, true)
    where
        account_months.is_current
        and account_months.is_active_end
    group by
        account_months.month_index,
        churned_accounts.month_index
)

select * from departed_accounts
