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
        atr_mrr,
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
        sla_breaches_90d,
        reopened_90d,
        escalated_90d,
        ---------- features
        features_state,
        features_used_28d,
        features_entitled,
        adoption_breadth,
        ---------- data
        data_state,
        records,
        record_growth_28d,
        plan_limit_share,
        ---------- messages
        messages_state,
        messages_sent_90d,
        messages_delivered_90d,
        messages_opened_90d,
        messages_replied_90d,
        product_messages_90d,
        last_two_way_contact_at,
        ---------- seats
        seats_state,
        unused_seats,
        seats_time_weighted,
        champion_logins_28d,
        admin_logins_28d,
        has_champion,
        ---------- voice
        voice_state,
        nps,
        nps_n,
        csat,
        csat_n,
        ces,
        ces_n,
        last_nps_score,
        last_survey_at,
        ---------- requests
        requests_state,
        open_requests,
        shipped_requests,
        ---------- contact
        contact_state,
        last_touch_at,
        days_since_touch,
        touches_90d,
        is_contact_overdue,
        next_planned_at,
        ---------- onboarding
        onboarding_state,
        milestones_total,
        milestones_completed,
        milestones_overdue,
        first_value_date,
        time_to_first_value_days,
        is_onboarded,
        ---------- health
        health_state,
        health_score,
        health_band,
        health_coverage,
        health_trend,
        health_drivers,
        health_drivers_en,
        health_drivers_ja,
        health_change_28d,
        health_change_reason_en,
        health_change_reason_ja,
        ---------- risk
        risk_state,
        open_signals,
        open_high_signals,
        open_signal_names,
        is_silent_risk,
        mrr_at_risk,
        ---------- expansion
        expansion_state,
        seat_headroom,
        seat_overage,
        is_near_plan_limit,
        open_opportunities,
        open_opportunity_amount,
        last_won_date,
        ---------- value
        value_state,
        lifetime_mrr_paid,
        expansion_mrr_12m,
        whitespace_products
    from customers
    where not is_internal
)

select * from exported_customers
