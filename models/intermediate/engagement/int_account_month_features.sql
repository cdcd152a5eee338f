with

features_used as (
    select * from {{ ref('int_account_features_used') }}
),

features_entitled as (
    select * from {{ ref('int_account_features_entitled') }}
),

-- A feature may be used without a contract, and a contract be kept without use.
account_month_features as (
    select
        ---------- ids
        coalesce(features_entitled.account_id, features_used.account_id) as account_id,
        ---------- numbers
        cast(coalesce(features_used.features_used, 0) as integer) as features_used,
        cast(coalesce(features_entitled.features_entitled, 0) as integer) as features_entitled,
        {{ ratio(
            'coalesce(features_used.features_used, 0)', 'features_entitled.features_entitled'
        ) }} as adoption_breadth,
        ---------- dates
        coalesce(features_entitled.month, features_used.month) as month
    from features_entitled
    full outer join features_used
        on
            features_entitled.account_id = features_used.account_id
            and features_entitled.month = features_used.month
)

select * from account_month_features
