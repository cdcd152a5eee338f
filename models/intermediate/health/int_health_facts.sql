with

observations as (
    select * from {{ ref('int_health_observations') }}
),

health_contact as (
    select * from {{ ref('int_health_contact') }}
),

health_data as (
    select * from {{ ref('int_health_data') }}
),

health_features as (
    select * from {{ ref('int_health_features') }}
),

health_messages as (
    select * from {{ ref('int_health_messages') }}
),

health_satisfaction as (
    select * from {{ ref('int_health_satisfaction') }}
),

health_support as (
    select * from {{ ref('int_health_support') }}
),

health_use as (
    select * from {{ ref('int_health_use') }}
),

health_voice as (
    select * from {{ ref('int_health_voice') }}
),

health_facts as (
    select
        ---------- ids
        observations.account_id,
        ---------- strings
        observations.segment,
        ---------- numbers
        observations.tenure_days,
        health_use.logins_28d,
        health_use.active_user_share,
        health_contact.contact_gap,
        health_data.data_growth,
        health_features.feature_breadth,
        health_use.login_days,
        health_use.login_rate,
        health_use.login_trend,
        health_messages.messages_delivered,
        health_voice.nps,
        health_satisfaction.satisfaction,
        health_support.support_load,
        ---------- booleans
        observations.is_covered,
        health_use.active_user_share_applies,
        health_contact.contact_gap_applies,
        health_data.data_growth_applies,
        health_features.feature_breadth_applies,
        health_use.login_days_applies,
        health_use.login_rate_applies,
        health_use.login_trend_applies,
        health_messages.messages_delivered_applies,
        health_voice.nps_applies,
        health_satisfaction.satisfaction_applies,
        health_support.support_load_applies,
        ---------- dates
        observations.date,
        health_use.active_user_share_on,
        health_contact.contact_gap_on,
        health_data.data_growth_on,
        health_features.feature_breadth_on,
        health_use.login_days_on,
        health_use.login_rate_on,
        health_use.login_trend_on,
        health_messages.messages_delivered_on,
        health_voice.nps_on,
        health_satisfaction.satisfaction_on,
        health_support.support_load_on
    from observations
    inner join health_contact
        on
            observations.account_id = health_contact.account_id
            and observations.date = health_contact.date
    inner join health_data
        on
            observations.account_id = health_data.account_id
            and observations.date = health_data.date
    inner join health_features
        on
            observations.account_id = health_features.account_id
            and observations.date = health_features.date
    inner join health_messages
        on
            observations.account_id = health_messages.account_id
            and observations.date = health_messages.date
    inner join health_satisfaction
        on
            observations.account_id = health_satisfaction.account_id
            and observations.date = health_satisfaction.date
    inner join health_support
        on
            observations.account_id = health_support.account_id
            and observations.date = health_support.date
    inner join health_use
        on
            observations.account_id = health_use.account_id
            and observations.date = health_use.date
    inner join health_voice
        on
            observations.account_id = health_voice.account_id
            and observations.date = health_voice.date
)

select * from health_facts
