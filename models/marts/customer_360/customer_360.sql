with

accounts as (
    select * from {{ ref('dim_account') }}
),

contracts as (
    select * from {{ ref('int_account_contracts') }}
),

account_usage as (
    select * from {{ ref('int_account_usage_now') }}
),

support as (
    select * from {{ ref('int_account_support') }}
),

account_value as (
    select * from {{ ref('int_account_value') }}
),

customer_360 as (
    select
        ---------- ids
        accounts.account_id,
        accounts.parent_account_id,
        ---------- identity
        accounts.account_name,
        accounts.industry,
        accounts.country,
        accounts.segment,
        accounts.touch_model,
        accounts.owner,
        accounts.is_internal,
        accounts.lifecycle_phase,
        accounts.first_active_date,
        contracts.tenure_days,
        ---------- contract
        contracts.contract_state,
        contracts.status,
        contracts.mrr,
        contracts.arr,
        contracts.carr,
        contracts.product_count,
        contracts.licensed_seats,
        contracts.term_end_date,
        contracts.next_renewal_date,
        contracts.notice_date,
        contracts.is_grace,
        contracts.is_paused,
        ---------- usage
        account_usage.usage_state,
        account_usage.mau,
        account_usage.wau,
        account_usage.login_rate,
        account_usage.stickiness,
        account_usage.logins_28d,
        account_usage.logins_prev_28d,
        account_usage.last_login_date,
        account_usage.days_since_login,
        ---------- support
        support.support_state,
        support.open_tickets,
        support.tickets_90d,
        support.first_response_hours_median_90d,
        support.csat_90d,
        support.csat_n_90d,
        ---------- value
        contracts.contract_state as value_state,
        account_value.lifetime_mrr_paid,
        account_value.expansion_mrr_12m
    from accounts
    inner join contracts
        on accounts.account_id = contracts.account_id
    inner join account_usage
        on accounts.account_id = account_usage.account_id
    inner join support
        on accounts.account_id = support.account_id
    left join account_value
        on accounts.account_id = account_value.account_id
)

select * from customer_360
