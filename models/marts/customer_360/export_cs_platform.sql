with

customers as (
    select * from {{ ref('customer_360') }}
),

exported_customers as (
    select
        ---------- ids
        account_id,
        parent_account_id,
        ---------- identity
        account_name,
        industry,
        country,
        segment,
        touch_model,
        owner,
        lifecycle_phase,
        first_active_date,
        tenure_days,
        ---------- contract
        contract_state,
        status,
        mrr,
        arr,
        carr,
        product_count,
        licensed_seats,
        term_end_date,
        next_renewal_date,
        notice_date,
        is_grace,
        is_paused,
        ---------- usage
        usage_state,
        mau,
        wau,
        login_rate,
        stickiness,
        logins_28d,
        logins_prev_28d,
        last_login_date,
        days_since_login,
        ---------- support
        support_state,
        open_tickets,
        tickets_90d,
        first_response_hours_median_90d,
        csat_90d,
        csat_n_90d,
        ---------- value
        value_state,
        lifetime_mrr_paid,
        expansion_mrr_12m
    from customers
    where not is_internal
)

select * from exported_customers
