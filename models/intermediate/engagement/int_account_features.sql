with

accounts as (
    select * from {{ ref('dim_account') }}
),

month_features as (
    select * from {{ ref('int_account_month_features') }}
),

months as (
    select * from {{ ref('int_months') }}
),

feature_usage as (
    select * from {{ ref('int_feature_usage_current') }}
),

connected as (
    select * from {{ ref('int_sources_connected') }}
),

known_accounts as (
    select distinct account_id
    from feature_usage
    where
        not is_internal
        and event_count > 0
),

present_features as (
    select
        month_features.account_id,
        month_features.features_used,
        month_features.features_entitled,
        month_features.adoption_breadth
    from month_features
    inner join months
        on month_features.month = months.month
    where months.is_as_of_month
),

feature_facts as (
    select
        accounts.account_id,
        present_features.features_used,
        present_features.features_entitled,
        present_features.adoption_breadth,
        case
            when accounts.is_internal then 'not_applicable'
            when not connected.has_feature_usage then 'not_connected'
            when known_accounts.account_id is null then 'no_data'
            else 'ok'
        end as features_state
    from accounts
    cross join connected
    left join known_accounts
        on accounts.account_id = known_accounts.account_id
    left join present_features
        on accounts.account_id = present_features.account_id
),

account_features as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(features_state as {{ text_type() }}) as features_state,
        ---------- numbers
        cast(case when features_state = 'ok' then coalesce(features_used, 0) end as integer) as features_used_28d,
        cast(case when features_state = 'ok' then coalesce(features_entitled, 0) end as integer) as features_entitled,
        case when features_state = 'ok' then adoption_breadth end as adoption_breadth
    from feature_facts
)

select * from account_features
