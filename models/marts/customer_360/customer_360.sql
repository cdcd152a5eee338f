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

account_features as (
    select * from {{ ref('int_account_features') }}
),

account_data as (
    select * from {{ ref('int_account_data') }}
),

account_messages as (
    select * from {{ ref('int_account_messages') }}
),

account_seats as (
    select * from {{ ref('int_account_seats') }}
),

account_voice as (
    select * from {{ ref('int_account_voice') }}
),

account_requests as (
    select * from {{ ref('int_account_requests') }}
),

account_contact as (
    select * from {{ ref('int_account_contact') }}
),

account_onboarding as (
    select * from {{ ref('int_account_onboarding') }}
),

account_health as (
    select * from {{ ref('int_account_health') }}
),

account_risk as (
    select * from {{ ref('int_account_risk') }}
),

account_expansion as (
    select * from {{ ref('int_account_expansion') }}
),

next_renewals as (
    select * from {{ ref('int_account_next_renewals') }}
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
        next_renewals.atr_mrr,
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
        support.sla_breaches_90d,
        support.reopened_90d,
        support.escalated_90d,
        ---------- features
        account_features.features_state,
        account_features.features_used_28d,
        account_features.features_entitled,
        account_features.adoption_breadth,
        ---------- data
        account_data.data_state,
        account_data.records,
        account_data.record_growth_28d,
        account_data.plan_limit_share,
        ---------- messages
        account_messages.messages_state,
        account_messages.messages_sent_90d,
        account_messages.messages_delivered_90d,
        account_messages.messages_opened_90d,
        account_messages.messages_replied_90d,
        account_messages.product_messages_90d,
        account_messages.last_two_way_contact_at,
        ---------- seats
        account_seats.seats_state,
        account_seats.unused_seats,
        account_seats.seats_time_weighted,
        account_seats.champion_logins_28d,
        account_seats.admin_logins_28d,
        account_seats.has_champion,
        ---------- voice
        account_voice.voice_state,
        account_voice.nps,
        account_voice.nps_n,
        account_voice.csat,
        account_voice.csat_n,
        account_voice.ces,
        account_voice.ces_n,
        account_voice.last_nps_score,
        account_voice.last_survey_at,
        ---------- requests
        account_requests.requests_state,
        account_requests.open_requests,
        account_requests.shipped_requests,
        ---------- contact
        account_contact.contact_state,
        account_contact.last_touch_at,
        account_contact.days_since_touch,
        account_contact.touches_90d,
        account_contact.is_contact_overdue,
        account_contact.next_planned_at,
        ---------- onboarding
        account_onboarding.onboarding_state,
        account_onboarding.milestones_total,
        account_onboarding.milestones_completed,
        account_onboarding.milestones_overdue,
        account_onboarding.first_value_date,
        account_onboarding.time_to_first_value_days,
        account_onboarding.is_onboarded,
        ---------- health
        account_health.health_state,
        account_health.health_score,
        account_health.health_band,
        account_health.health_coverage,
        account_health.health_trend,
        account_health.health_drivers,
        account_health.health_drivers_en,
        account_health.health_drivers_ja,
        account_health.health_change_28d,
        account_health.health_change_reason_en,
        account_health.health_change_reason_ja,
        ---------- risk
        account_risk.risk_state,
        account_risk.open_signals,
        account_risk.open_high_signals,
        account_risk.open_signal_names,
        account_risk.is_silent_risk,
        account_risk.mrr_at_risk,
        ---------- expansion
        account_expansion.expansion_state,
        account_expansion.seat_headroom,
        account_expansion.seat_overage,
        account_expansion.is_near_plan_limit,
        account_expansion.open_opportunities,
        account_expansion.open_opportunity_amount,
        account_expansion.last_won_date,
        ---------- value
        contracts.contract_state as value_state,
        account_value.lifetime_mrr_paid,
        account_value.expansion_mrr_12m,
        account_expansion.whitespace_products
    from accounts
    inner join contracts
        on accounts.account_id = contracts.account_id
    inner join account_usage
        on accounts.account_id = account_usage.account_id
    inner join support
        on accounts.account_id = support.account_id
    inner join account_features
        on accounts.account_id = account_features.account_id
    inner join account_data
        on accounts.account_id = account_data.account_id
    inner join account_messages
        on accounts.account_id = account_messages.account_id
    inner join account_seats
        on accounts.account_id = account_seats.account_id
    inner join account_voice
        on accounts.account_id = account_voice.account_id
    inner join account_requests
        on accounts.account_id = account_requests.account_id
    inner join account_contact
        on accounts.account_id = account_contact.account_id
    inner join account_onboarding
        on accounts.account_id = account_onboarding.account_id
    inner join account_health
        on accounts.account_id = account_health.account_id
    inner join account_risk
        on accounts.account_id = account_risk.account_id
    inner join account_expansion
        on accounts.account_id = account_expansion.account_id
    left join next_renewals
        on accounts.account_id = next_renewals.account_id
    left join account_value
        on accounts.account_id = account_value.account_id
)

select * from customer_360
